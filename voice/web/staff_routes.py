"""Every page of staff. Who may open one stands beside it, as its audience; the pages of the daily work are listed in
``working_routes.py``."""

from __future__ import annotations

from voice.web.act import action_words, actions, new_action, one_action
from voice.web.govern import audit
from voice.web.govern import confidential as confidential_answers
from voice.web.govern import records as data_papers
from voice.web.govern import requests as person_requests
from voice.web.govern import retention as times_of_keeping
from voice.web.lead import briefing, comparing, families_said, fatigue, overrides, packs, tables, targets, unheard
from voice.web.lead import themes as released_themes
from voice.web.manage import access, drop_box_senders, partners, people, programs, work_as
from voice.web.manage import partnership as partnership_page
from voice.web.sign_in import account, codes, entering, passkeys, second_step
from voice.web.told import agreeing as words_to_agree
from voice.web.told import pictures as told_pictures
from voice.web.told import publishing as publications
from voice.web.working_routes import FOR_WORK

FOR_STAFF = (
    *FOR_WORK,
    entering.sign_out,
    entering.sign_out_everywhere,
    account.show_account,
    account.choose_password,
    account.end_session,
    second_step.show_second_factor,
    second_step.set_up,
    second_step.make_new_codes,
    second_step.remove,
    codes.prove_again,
    passkeys.show_passkeys,
    passkeys.remove_passkey,
    passkeys.show_new_passkey,
    passkeys.add_passkey,
    briefing.show_briefing,
    tables.show_tables,
    tables.publish,
    briefing.show_trend,
    targets.show_targets,
    targets.keep_targets,
    families_said.show_families_said,
    comparing.show_disagreements,
    comparing.show_before_after,
    comparing.show_comparison,
    released_themes.show_themes,
    released_themes.download_themes,
    released_themes.show_theme,
    publications.show_published,
    publications.begin_publication,
    publications.show_publication,
    publications.change_publication,
    told_pictures.show_picture_to_staff,
    told_pictures.put_picture,
    words_to_agree.show_words_to_agree,
    words_to_agree.show_words_of,
    words_to_agree.say_whether_agreed,
    fatigue.show_fatigue,
    packs.show_packs,
    packs.send_pack,
    packs.look_at_pack,
    overrides.show_overrides,
    unheard.show_unheard,
    overrides.decide_override,
    people.show_people,
    people.add_person,
    people.show_person,
    people.change_role,
    people.end_access,
    partners.show_organisations,
    partners.add_organisation,
    partners.rename_organisation,
    partners.show_groups,
    partners.make_group,
    partners.change_group,
    access.show_access,
    access.show_grants,
    access.change_grants,
    work_as.show_hats,
    work_as.choose_hat,
    partnership_page.show_partnership,
    partnership_page.change_partnership,
    programs.show_programs,
    programs.make_token,
    programs.end_token,
    programs.add_webhook,
    programs.end_webhook,
    drop_box_senders.show_senders,
    drop_box_senders.change_senders,
    actions.show_actions,
    actions.download_actions,
    new_action.show_new_action,
    new_action.make_action,
    one_action.show_action,
    one_action.add_to_action,
    action_words.show_action_words,
    action_words.keep_action_words,
    audit.show_audit,
    audit.check_audit,
    audit.download_audit,
    audit.show_keeping,
    audit.agree_keeping,
    person_requests.show_requests,
    person_requests.take_request,
    person_requests.show_request,
    person_requests.answer_request,
    person_requests.show_copy,
    person_requests.download_copy,
    confidential_answers.show_openings,
    confidential_answers.open_confidential,
    times_of_keeping.show_retention,
    data_papers.show_records,
    data_papers.download_record,
)
"""These alone are behind the guard: it would cost every page for families a twentieth of its time."""
