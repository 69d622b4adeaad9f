"""What the parts of a signed file are called when one of them is missing, or holds more than it should."""

from __future__ import annotations

from intake.domain.base.wording import Wording

AN_UNSIGNED_ATTRIBUTE = Wording("PartAnUnsignedAttribute", "an unsigned attribute")
A_SIGNED_ATTRIBUTE = Wording("PartASignedAttribute", "a signed attribute")
ITS_CONTENT = Wording("PartItsContent", "its content")
ITS_DIGEST = Wording("PartItsDigest", "its digest")
ITS_DIGESTS = Wording("PartItsDigests", "its digests")
ITS_DIGEST_ALGORITHM = Wording("PartItsDigestAlgorithm", "its digest algorithm")
ITS_FIRST_NUMBER = Wording("PartItsFirstNumber", "its first number")
ITS_IMPRINT = Wording("PartItsImprint", "its imprint")
ITS_POLICY = Wording("PartItsPolicy", "its policy")
ITS_SECOND_NUMBER = Wording("PartItsSecondNumber", "its second number")
ITS_SERIAL_NUMBER = Wording("PartItsSerialNumber", "its serial number")
ITS_SIGNED_DATA = Wording("PartItsSignedData", "its signed data")
ITS_TIME = Wording("PartItsTime", "its time")
ITS_VERSION = Wording("PartItsVersion", "its version")
THE_BODY_OF_THE_CERTIFICATE = Wording("PartTheBodyOfTheCertificate", "the body of the certificate")
THE_CERTIFICATE = Wording("PartTheCertificate", "the certificate")
THE_CONTENT = Wording("PartTheContent", "the content")
THE_DIGEST_ALGORITHM = Wording("PartTheDigestAlgorithm", "the digest algorithm")
THE_FILE = Wording("PartTheFile", "the file")
THE_ISSUER = Wording("PartTheIssuer", "the issuer")
THE_LIST_OF_DIGESTS = Wording("PartTheListOfDigests", "the list of digests")
THE_LIST_OF_SIGNERS = Wording("PartTheListOfSigners", "the list of signers")
THE_NAME = Wording("PartTheName", "a name in the certificate")
THE_NAME_OF_AN_ALGORITHM = Wording("PartTheNameOfAnAlgorithm", "the name of an algorithm")
THE_NAME_OF_A_SIGNED_ATTRIBUTE = Wording("PartTheNameOfASignedAttribute", "the name of a signed attribute")
THE_NAME_OF_THE_SIGNERS_CERTIFICATE = Wording(
    "PartTheNameOfTheSignersCertificate", "the name of the signer's certificate"
)
THE_PUBLIC_KEY = Wording("PartThePublicKey", "the public key")
THE_SERIAL_NUMBER = Wording("PartTheSerialNumber", "the serial number")
THE_SIGNATURE_ALGORITHM = Wording("PartTheSignatureAlgorithm", "the signature algorithm")
THE_SIGNATURE_ALGORITHM_OF_THE_ISSUER = Wording(
    "PartTheSignatureAlgorithmOfTheIssuer", "the signature algorithm of the issuer"
)
THE_SIGNATURE_VALUE = Wording("PartTheSignatureValue", "the signature value")
THE_SIGNED_CONTENT = Wording("PartTheSignedContent", "the signed content")
THE_SIGNED_DATA = Wording("PartTheSignedData", "the signed data")
THE_SIGNER = Wording("PartTheSigner", "the signer")
THE_STATEMENT = Wording("PartTheStatement", "the statement")
THE_SUBJECT = Wording("PartTheSubject", "the subject")
THE_TIMESTAMP = Wording("PartTheTimestamp", "the timestamp")
THE_TOKEN = Wording("PartTheToken", "the token")
THE_VALIDITY = Wording("PartTheValidity", "the validity")
THE_VALUE_OF_A_SIGNED_ATTRIBUTE = Wording("PartTheValueOfASignedAttribute", "the value of a signed attribute")
THE_VERSION = Wording("PartTheVersion", "the version")
