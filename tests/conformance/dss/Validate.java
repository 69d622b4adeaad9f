import eu.europa.esig.dss.alert.SilentOnStatusAlert;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlObjectModification;
import eu.europa.esig.dss.enumerations.SignatureScopeType;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks EU DSS about many PDF files in one virtual machine.
 *
 * <p>Arguments: the moment of validation (ISO 8601) and the files of the trusted certificates (DER). Standard input: one
 * file name a line. Standard output: one JSON object a line, in the same order. Only the signature itself is judged: the
 * qualification part of the report wants a list of trusted services, which an organisation with its own keys is not in.
 */
public final class Validate {
  private Validate() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // DSS and its libraries log; whatever they say must not mix with the answers.
    System.setOut(System.err);
    Date moment = Date.from(Instant.parse(arguments[0]));
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    for (int at = 1; at < arguments.length; at++) {
      trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[at])));
    }
    BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("file", name);
      try {
        answer.put("signatures", signatures(name, trusted, moment));
      } catch (Exception | StackOverflowError | OutOfMemoryError problem) {
        answer.put("unreadable", problem.toString());
      }
      out.println(json(answer));
    }
  }

  private static List<Object> signatures(String name, CommonTrustedCertificateSource trusted, Date moment) {
    // True: without anything that would look for certificates elsewhere.
    CertificateVerifier verifier = new CommonCertificateVerifier(true);
    verifier.setTrustedCertSources(trusted);
    // The keys are trusted themselves, so nobody could be asked whether they were revoked.
    verifier.setAlertOnMissingRevocationData(new SilentOnStatusAlert());
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(name));
    validator.setCertificateVerifier(verifier);
    validator.setValidationTime(moment);
    Reports reports = validator.validateDocument();
    SimpleReport simple = reports.getSimpleReport();
    DiagnosticData facts = reports.getDiagnosticData();
    List<Object> answers = new ArrayList<>();
    for (String id : simple.getSignatureIdList()) {
      answers.add(signature(id, simple, facts.getSignatureById(id)));
    }
    return answers;
  }

  private static Map<String, Object> signature(String id, SimpleReport simple, SignatureWrapper facts) {
    PDFRevisionWrapper revision = facts.getPDFRevision();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("field", revision == null ? "" : revision.getFirstFieldName());
    answer.put("indication", String.valueOf(simple.getIndication(id)));
    answer.put("sub_indication", simple.getSubIndication(id) == null ? "" : simple.getSubIndication(id).name());
    answer.put("level", String.valueOf(simple.getSignatureFormat(id)));
    answer.put(
        "covers_whole_document",
        facts.getSignatureScopes().stream().anyMatch(scope -> scope.getScope() == SignatureScopeType.FULL));
    List<Message> errors = new ArrayList<>(simple.getAdESValidationErrors(id));
    List<Message> warnings = new ArrayList<>(simple.getAdESValidationWarnings(id));
    List<Message> infos = new ArrayList<>(simple.getAdESValidationInfo(id));
    for (String timestamp : facts.getTimestampIdsList()) {
      errors.addAll(simple.getAdESValidationErrors(timestamp));
      warnings.addAll(simple.getAdESValidationWarnings(timestamp));
      infos.addAll(simple.getAdESValidationInfo(timestamp));
    }
    answer.put("errors", texts(errors));
    answer.put("warnings", texts(warnings));
    answer.put("infos", texts(infos));
    boolean known = revision != null;
    answer.put("extensions", known ? changes(revision.getPdfExtensionChanges()) : List.of());
    answer.put("form_filling", known ? changes(revision.getPdfSignatureOrFormFillChanges()) : List.of());
    answer.put("annotations", known ? changes(revision.getPdfAnnotationChanges()) : List.of());
    answer.put("undefined", known ? changes(revision.getPdfUndefinedChanges()) : List.of());
    return answer;
  }

  private static List<String> texts(List<Message> messages) {
    List<String> texts = new ArrayList<>();
    for (Message message : messages) {
      texts.add(message.getKey() + ": " + message.getValue());
    }
    return texts;
  }

  private static List<String> changes(List<XmlObjectModification> found) {
    List<String> changes = new ArrayList<>();
    for (XmlObjectModification change : found) {
      changes.add(change.getAction() + " " + change.getValue());
    }
    return changes;
  }

  private static String json(Object value) {
    if (value instanceof Map) {
      List<String> parts = new ArrayList<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        parts.add(json(entry.getKey()) + ":" + json(entry.getValue()));
      }
      return "{" + String.join(",", parts) + "}";
    }
    if (value instanceof Collection) {
      List<String> parts = new ArrayList<>();
      for (Object part : (Collection<?>) value) {
        parts.add(json(part));
      }
      return "[" + String.join(",", parts) + "]";
    }
    if (value instanceof Boolean) {
      return value.toString();
    }
    StringBuilder text = new StringBuilder("\"");
    for (char letter : String.valueOf(value).toCharArray()) {
      if (letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\') {
        text.append(letter);
      } else {
        text.append(String.format("\\u%04x", (int) letter));
      }
    }
    return text.append('"').toString();
  }
}
