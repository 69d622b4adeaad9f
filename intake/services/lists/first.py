"""The first page of the register list as the start of the app reads it, before there is an installation."""

from __future__ import annotations

from intake.register.views.first_page import FirstPage as FirstPage  # noqa: PLC0414 - screens import these from here
from intake.register.views.first_page import first_page as first_page  # noqa: PLC0414
