"""Edition 1, put together; the table of editions takes it from here."""

from __future__ import annotations

from intake.records.editions.e1 import appearance, base, composing, notices
from intake.records.editions.edition import Edition
from intake.records.fonts import FontFiles

E1 = Edition(
    number=1,
    font_files=FontFiles(
        regular="fonts/NotoSans-Regular.ttf",
        bold="fonts/NotoSans-Bold.ttf",
        fallbacks=(
            "fonts/NotoSansHebrew-Regular.ttf",
            "fonts/NotoSansArabic-Regular.ttf",
            "fonts/NotoSansThai-Regular.ttf",
            "fonts/NotoSansArmenian-Regular.ttf",
            "fonts/NotoSansGeorgian-Regular.ttf",
            "fonts/NotoSansMath-Regular.ttf",
            "fonts/NotoSansSymbols2-Regular.ttf",
        ),
    ),
    profile="icc/sRGB.icc",
    decision=composing.decision,
    declined=composing.declined,
    withdrawn=composing.withdrawn,
    notice=notices.notice,
    build=base.build_base,
    look=appearance.draw,
    made_with=base.made_with,
)
