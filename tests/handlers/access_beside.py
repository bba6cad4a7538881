"""What stands beside topics and has a rights test of its own: names the matrix of topics need not explain.

Each name is told with the test that proves who may; the second table has a test that tries every line.
"""

from typing import Final

BUTTONS_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "recurring.new",  # test_recurring
        "recurring.begin",
        "recurring.list",
        "recurring.pause",
        "recurring.resume",
        "recurring.end",
        "recurring.end_now",
        "recurring.publish",
        "campaign.begin",  # test_campaign
        "campaign.publish",
        "campaign.end",
        "campaign.end_now",
        "topic.unmute",  # test_quieting
        "notice.later",
        "nudge_all.undo",  # test_nudge_undo
        "handover",  # test_handing_over
        "extend_all.now",  # test_extend_all
        "extend_all.undo",
        "merge.now",  # test_joining
        "merge.move",
        "merge.agree",
        "merge.undo",
        "web.end",  # test_web
        "affair.open",  # test_affair_frame
        "do",  # test_taps: the press has the rights of its command
        "help.page",  # test_help: of one's own roles
        # test_batches: only the office brings one, only its chief confirms it, only who was asked answers
        "batch.new",
        "batch.source",
        "batch.issuer",
        "batch.pass",
        "batch.now",
        "batch.template",
        "batch.topics",
        "batch.list",
        "batch.confirm",
        "batch.finish",
        "batch.others",
        "batch.ask",
        "batch.no",
        "batch.yes",
        "batch.take",
        # test_lists, test_risks, test_duties, test_coverage
        "list.duties",
        "list.topics",
        "list.measures",
        "list.risks",
        "list.versions",
        "list.version",
        "list.fix",
        "risk.take",
        "risk.drop",
        "duty.now",
        "duty.edit",
        "duty.end",
        "duty.import",
        "coverage.page",
        # test_paper_rights: the office, the discipline secretary and the chiefs, as the tables allow
        "slip",
        "affair.paper",
        "board",  # test_board: everybody, of what they may see
        "board.list",
        "calendar",  # test_calendar: everybody's own
        "timeline_picture",  # test_timeline: whoever may see the topic
        # test_meetings_rights: each act by each seat
        "meeting.begin",
        "meeting.sort",
        "meeting.move",
        "meeting.move_now",
        "meeting.list",
        "meeting.agenda",
        "meeting.agenda_page",
        "meeting.item",
        "meeting.strike",
        "meeting.up",
        "meeting.down",
        "meeting.submit",
        "meeting.offer",
        "meeting.approve",
        "meeting.back",
        "meeting.back_now",
        "meeting.yes",
        "meeting.leave",
        "meeting.invite",
        "meeting.call",
        "meeting.hold",
        "meeting.note",
        "meeting.decide",
        "meeting.minutes",
        "meeting.confirm",
        "meeting.drop",
        "meeting.drop_now",
        "meeting.pack",
        # test_recheck: only who verifies decides
        "rechecks",
        "recheck.firm",
        "recheck.relapse",
        "recheck.relapse_now",
        "recheck.later",
        "recheck.later_to",
        # test_appraise: only the office sets it down and counts; a press passed on shows nobody else's result
        "appraise.now",
        "appraise.list",
        "appraise.person",
        "appraise.enter",
        "appraise.count_now",
        "appraise.finish",
        "appraise.annul",
        "appraise.annul_now",
        # test_covering: who may and what never; a stale or foreign press changes nothing
        "cover.topic",
        "cover.step",
        "cover.as",
        "cover.now",
        "cover.give",
        "cover.follow",
        "cover.na",
        "cover.release",
        "cover.send",
        "cover.finish",
        "cover.drop",
        # test_assess: one's own list is one's own; a period is the office's, the chiefs', the discipline's
        "assess.now",
        "assess.undo",
        "assess.mark",
        "assess.line",
        "assess.list",
        "assess.give",
        "assess.overview",
        "assess.people",
        "assess.close",
        # test_self_check: the asked answer, the inspectors check, the office drafts, nobody one's own
        "self_checks",
        "self_check.now",
        "self_check.undo",
        "self_check.ask",
        "self_check.form",
        "self_check.yes",
        "self_check.no",
        "self_check.give",
        "self_check.check",
        "self_check.draft",
        "self_check.finish",
        # test_admonishing: who may; nobody about oneself; a press too late
        "talk.topic",
        "talk.propose",
        "talk.approve",
        "talk.drop",
        "talk.date",
        "talk.individual",
        "talk.group",
        "talk.later",
        "talk.result",
        "talk.corrected",
        "talk.going",
        "talk.unheeded",
        # test_tolerating: who may ask and who decides
        "plea.as",
        "plea.grant",
        "plea.refuse",
        "plea.drop",
        # test_registers: who may enter, look, and strike out
        "register.list",
        "register.annul",
        "mark.now",  # test_marking
        "mark.undo",
    }
)
COMMANDS_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "recurring",  # test_recurring
        "campaign",  # test_campaign
        "comment",  # test_commenting
        "mute",  # test_quieting
        "extend_all",  # test_extend_all
        "merge",  # test_joining
        "split",
        "unmute",
        "batch",  # test_batches
        "batch_template",
        "lists",  # test_lists
        "risk",  # test_risks
        "duty",  # test_duties
        "coverage",  # test_coverage
        # test_paper_rights; one's own draft is everybody's who has an account to give
        "slip",
        "warning",
        "circular",
        "year_end",
        "own_draft",
        "paper",
        "templates",
        "unit_facts",  # test_unit_facts
        "board",  # test_board
        "calendar",  # test_calendar
        "timeline",  # test_timeline
        "web",  # test_web
        "meeting",  # test_meetings_rights
        "propose_item",
        "agenda",
        "minutes",
        "attend",
        "ask_leave",
        "recheck",  # test_recheck
        "appraise",  # test_appraise
        "cover",  # test_covering
        "follow",
        "not_concerned",
        "assess",  # test_assess
        "self_check",  # test_self_check
        "admonish",  # test_admonishing
        "tolerance",  # test_tolerating
        "clarify",
        "register",  # test_registers
        "mark",  # test_marking
    }
)
DIALOGUES_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "comment",  # test_commenting
        "extend_all",  # test_extend_all
        "merge",  # test_joining
        "split",
        "recurring",  # test_recurring
        "campaign",  # test_campaign
        "batch",  # test_batches
        "batch_ask",
        "batch_found",
        "lists_fix",  # test_lists
        "risk_new",  # test_risks
        "risk_drop",
        "duty",  # test_duties
        "duty_edit",
        "duty_import",
        "meeting",  # test_meetings_rights
        "meeting_item",
        "meeting_back",
        "meeting_drop",
        "meeting_invite",
        "meeting_decide",
        "recheck_later",  # test_recheck
        "recheck_relapse",
        "appraise",  # test_appraise
        "appraise_count",
        "cover",  # test_covering
        "cover_give",
        "cover_release",
        "assess",  # test_assess
        "self_check",  # test_self_check
        "self_check_no",
        "admonish",  # test_admonishing
        "talk_date",
        "tolerance",  # test_tolerating
        "clarify",
        "register_annul",  # test_registers
    }
)
