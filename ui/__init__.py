"""The screens of Countersign (Qt). What a screen author uses:

A screen is a folder ``ui/<screen>/`` with a ``Page``; ``ui/places.py`` names it; nothing else knows it.

    from ui.context import Changes, Context
    from ui.jobs import JobLane, JobTask
    from ui.page import Page

    class InboxPage(Page):
        def __init__(self, context: Context) -> None:
            super().__init__(context)
            self.add_action(self.tr("&Open"), self.open_current, "Ctrl+Return", button=True, primary=True)
            self.table = PagedTable(context.jobs, context.with_installation(fetch), COLUMNS, name=…, empty_title=…, empty_text=…)
            self.table.opened.connect(self.open_case)             # bound methods only, never a lambda over widgets
            self.body.addWidget(self.table, 1)
        def title(self) -> str: …                                 # heading, window title; self.retitle() when it changes
        def activated(self, argument: object) -> None: …          # shown by context.go(key, argument): submit jobs here
        def refresh(self, changes: Changes) -> None: …            # stored: changes.organisation .any_case .concern(id)
        def leaving(self) -> None: …                              # flush what is being typed
        def take_files(self, paths) -> bool: …      # files dropped on the window; False leaves them to the window
        # self.body: QVBoxLayout; self.set_lead(text, short): sentence under the title; focus_first(): where the keyboard goes

Context (handed to every page)
    run(lane, function, *args, owner=self) -> JobHandle   runs function(task, session, *args) on a worker; ``session`` is
                             intake.services.installation.workspace.Session: session.installation, session.settings, session.person, session.signer(passphrase)
                             Ask intake.services, for lists intake.services.lists; never session.installation.register
    run_before_dialog(…)     the same of work after which a dialog opens; None while another is on its way
    with_installation(function)      function(task, session, …) as function(task, …), for PagedTable(fetch=…)
                             Job functions live at module level and import services inside: the start stays light.
    go(place, argument=None) · tell(Changes(cases=frozenset({id}))) · say("Saved 14:02") · ask(command, argument)
    asked: Signal(str, object)   menu commands nobody in the shell answers: import add-person export verify backup
                                 sync choose-folder open-keys help about, and open-files (tuple[Path]) for dropped files;
                                 change-home (a data folder to open in place of this one: the desks of the sample);
                                 the guide answers new-use-case, new-use-case-like and revise (these two: a case id)
    go("compare", CompareTarget(case, revisions)) of ui.compare.target
    go("several", ChosenCases(ids)): what of these can be signed in one sheet
    go("start", JoinBy(path)) · go("add-person", act id of an enrolment)
    go("new") go("new", BomFile(path)) · go("explain", ExplainTarget("threat:…", playbook digest)) · go("literacy", chapter id)
    jobs · theme · settings.text/set_text(key) · data_dir · first_page(data_dir)

Jobs (lanes REGISTER, KEYS, PAPER, EXCHANGE: one worker each, in order)
    handle = context.run(JobLane.KEYS, sign, passphrase, owner=self)
    handle.done(object) · handle.refused(Refusal) · handle.failed(Bug) · handle.cancelled() · handle.finished()
    handle.progress(done, total, text) · handle.cancel() · handle.drop()
    In the job: task.progress(done, total, text), task.check() (raises JobCancelled), task.is_cancelled (a callable).
    A refusal without a listener is shown by the shell; a bug always is. Never touch a widget in a job. Garbage is
    collected on the GUI thread only (jobs.py says why).

Turns (ui.turns): a screen of many widgets is built one bit per turn of the event loop; 50 ms are noticed
    Turns(self).begin(bits) · .first(bits) · .step() · .finish() does the rest now · .over · .ended()

Texts: one literal in each call, found by pyside6-lupdate; a test lists what is shown and not translated, and why
    self.tr("…") in a widget · HomeTexts.tr("…") in a function, with ``class HomeTexts(Texts)`` of ui.texts in its file
    self.tr("%Ln records", "", count)   a count: the forms are in resources/i18n/countersign_en.ts (make translations)
    words(reason) · sentence(reason) of intake.domain.base.wording: why something is so; a refusal says itself
    ui.formatting   number_words size_words day_words long_day time_words moment_words recent_words: by the locale
                    exact_moment: as the acts write it · ui.language speak(app): which catalogue, once

Widgets (ui.widgets.*), all plain text, all named for screen readers
    labels    Label(text, elide=, tone=) · heading(text, 1|2|3) · quiet(text) · strong(text) · digest(hex)
    panels    Card(title=).box · NoticePanel(title, text, Tone, action=).set_words() · Chip(text, Tone).set()
              EmptyState(title, text, action=) · action_button(action, primary=)
              own_size_button(text, name=, role=) · both NoticePanel and EmptyState: tell(refusal)
    ring      Ring(RingState(cio=Half.FILLED, ciso=Half.OPEN), lines=2.0).set_state() · ring_words · ring_icon
    fields    TextField LongTextField(lines=).flush() ChoiceField([Choice(key, text, hint)]) PickField ManyField
              YesNoField NumberField(unit=) LinesField, date_field.DateField: value() set_value(v) changed; None = nothing given;
              what is typed and is no number or day is the value as text (NumberField, DateField; DateField.day is a date or None)
    why_row   QuestionForm().add_row(key, label, field, why=, source=, help=, may_not_know=, optional=) -> WhyRow
              form.changed(key) · row(key).value() is_unknown() set_unknown() set_flag("Check this") · set_errors({key: text})
                    row.asked() who will know · set_notes(remarks, advice) · add_beside(widget)
    notes, links    Notes().set_notes([QuestionNote(title, text, Tone, links=((key, words),))]) followed(key) · LinkButton(key, words)
    boxes           bare_column(widget, spacing) bare_row(widget, spacing) · clear(layout) · SideBySide: box, room()
                    ButtonRow(*buttons)
    fold            Fold(title, chip, Tone, is_open=).box · set_words() · fill_when_opened(fill)
    painted_button  PaintedButton: paint(painter, rect) draws it · hovered · paint_line(painter, rect, hair) · paint_focus
    options         radio(text) check_box(text): their words wrap, so that nothing is cut off with large text
    error_summary   ErrorSummary().set_errors({key: text}) · chosen(key) -> form.row(key).focus_field()
    paged_table     PagedTable(jobs, fetch, [Column(key, title, width, sort, right, whole, most, fold)], name=, empty_title=,
                    empty_text=, empty_action=, sort=, several=): refresh() set_query(object) opened(key) chosen(key)
                    current_key select(key) leave_out(*keys) picked(count) picked_keys() ask_order()
                    columns with ``fold`` go under the name where there is too little room for it
    ui.register     CaseListPage: search, order, filters, saved views, the list as a file; inbox.next_case NextCase(context).after(case)
    paged_model     fetch(task, PageRequest(sort, descending, query, after, skip, limit))
                    -> PageOfRows((Row(key, (Cell(text, tone=, ring=, quiet=, tip=), …)), …), anchor, total)
                    ``after`` is the anchor of an earlier page (keyset), ``skip`` the rows to pass over after it
                    page_of(task, request, items, row) where the whole list is at hand
    search_field    SearchField(name, placeholder).searched(text)
    progress_panel  ProgressPanel().follow(handle, title) · go_on(handle) for the next job of the same work
    task_list       TaskList().set_groups([TaskGroup(title, (TaskItem(key, title, hint, status, Tone, enabled), …))]) · chosen(key)
    timeline        Timeline(name).set_moments([Moment(title, who, when, text, Tone, chip)])
    comparison      TermsComparison().set_rows(compare_terms(cio_terms, ciso_terms), "CIO · revision 2", "CISO · revision 2", Half, Half)
    boundary_editor BoundaryEditor(): set_boundaries(b, changed) set_reference(b, "The CISO says") value(path) check() changed(path)
    confirmation    Confirmation(title, reference, RingState, next_steps, actions)
    signing         SigningDialog(Subject(title, consequence, signer, fingerprint, lines=(SignedLine(label, value, is_digest, part),),
                    button, attestations, ring_after, warnings, grounds, has_pages), self, sample=): the sheet scrolls (signing_sheet),
                    boxes, passphrase (PassphraseField(name)) and buttons stay. Opened by ui.signing_job alone:
                    SigningFlow(context, subject, lane, function, *args, parent=self).done -> function(task, session,
                    passphrase, *args) has signed; closing= and turned_away for what cannot be tried again.
                    SignedPages(context, signing, make, *args) of ui.records shows the PDF it is about.
                    About a use case: a subclass of ui.case_signer.CaseSigner, whose sign_about(case, …, said="Signed") also tells
                    that the use case changed, and has ``moved`` where it has since it was shown.
    decision_facts  rows of intake.domain.case.one_page drawn: rows_card(title, rows) what_card(rows) of_topic(rows, RowTopic.…)
    on_screen       room(widget): the largest a dialog may be
    part_area       PartArea(): a part of a page that scrolls by itself, and with the page where that is low; keys that scroll move it
    middle          MiddleArea(widget): as high as what is in it, and scrolls where the screen is smaller · fit(dialog, middle, wide)
    answers_beside_sheet    AnswersBesideSheet(choosing=): rows of intake.domain.guide.side_by_side, one fold each; taken(question, place)
    chosen_row      ChosenRow(view): in a list of one choice what is selected is current
    dialogs         PlainDialog(title, parent, scrolls=True): its body scrolls where the screen is too small, its buttons stay; RefusalDialog · CrashDialog · ConfirmDialog(title, consequence, do_text) · show_refusal(refusal, self)

Looks: sizes(self) gives .xs .s .m .l .xl .line .chars(n); colours(self.palette()) gives the palette by meaning, both from
ui.theme; icon("inbox") from ui.icons. Buttons: setProperty("role", "primary" | "danger" | "link"). Colours, fonts and
pixel counts are never written in a screen. Every text goes through self.tr("…"), values by .format() after it, on a signing
sheet by filled(text, name=…) of ui.texts, which keeps each value in its own direction.

Window (ui.shell.window): window.navigation.set_count("inbox", 3) · window.status.set_organisation/set_person/set_folder/
set_freshness/say · window.commands.action(key).setEnabled(…). ui.app.Wiring(places, open_installation, first_page, heavy) is how
ui/app.py joins services to it. Pictures: ui.pictures.screenshots.grab(widget, size).
Tests: fixtures theme, jobs, context, desktop in tests/ui/conftest.py (a dict stands in for the session; give
Wiring(open_installation=…) a real one); tests.ui.walk.nameless / unreachable for checks.
"""
