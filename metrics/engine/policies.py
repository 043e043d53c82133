"""The policies in use: the files that the council's settings name, with its own dated limits and targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from data.settings import SCORECARD, Settings, setting_line
from metrics.engine.catalogue import clashing_files, measure_files, read_measure
from metrics.engine.measure_header import did_you_mean
from metrics.engine.own_limits import own_limits, where_in_settings
from metrics.engine.policy import FOLDER, Policy, PolicyError, Rule, Target
from metrics.engine.policy_files import declared_in, heading_list, read_policy


@dataclass(frozen=True)
class PoliciesInUse:
    """``policies`` in the settings' order; ``problems``: every mistake of the council's own files, in sentences, whether it costs a rule
    or a whole policy (which is then not among the policies)."""

    policies: dict[str, Policy]
    problems: tuple[str, ...]


def _with_own(rule: Rule, settings: Settings) -> Rule:
    """The rule with the council's limits and target; with a ``problem`` where they have a mistake."""
    fault = settings.rule_faults.get((rule.policy, rule.id))
    if fault:
        return replace(rule, problem=rule.problem or fault)
    if rule.problem:
        return rule
    if wordless := [role for role in approvers(rule.parameters) if role not in dict(settings.roles)]:
        return replace(
            rule,
            problem=f"{rule.policy}.toml, rule '{rule.id}': the settings have no words for the role '{wordless[0]}'; add "
            f'roles.{wordless[0]} = ["..."] to settings.toml.',
        )
    try:
        limits, changes = own_limits(rule, settings)
    except PolicyError as error:
        return replace(rule, problem=str(error))
    entry = settings.targets.get(rule.policy, {}).get(rule.id)
    target = rule.target if entry is None else target_from(entry)
    own = settings.applies_from
    applies_from = own.get(f"{rule.policy}.{rule.id}", own.get(rule.policy, rule.applies_from))
    return replace(rule, limits=limits, changes=changes, target=target, applies_from=applies_from)


def approvers(parameters: dict) -> tuple[str, ...]:
    """The roles whose approval a rule's parameters ask for."""
    named = parameters.get("approvers", ())
    return tuple(named) if isinstance(named, list | tuple) else ()


def _check_roles(settings: Settings, files: dict[str, Path]) -> None:
    """Raises PolicyError for words of a role that no policy names, ours or the council's own: they would change nothing."""
    known = dict.fromkeys(role for path in files.values() for role in _roles_asked(path))
    for role, _ in settings.roles:
        if role not in known:
            where = where_in_settings(settings, "roles", role)
            raise PolicyError(f"{where} has no effect: no policy asks for the approval of '{role}'; {did_you_mean(role, known)}")


def _owner(rule: Rule, policy: Policy, settings: Settings) -> str:
    return policy.owner or settings.owner_of_figures or rule.measure.review.owner


def target_from(entry: dict) -> Target:
    """A target of the council's own, from its checked entry in the settings."""
    return Target(entry["target_percent"], entry.get("tolerance_percent", 0), entry.get("agreed_by", ""), entry.get("agreed_on"))


def _check_effect(settings: Settings, policies: dict[str, Policy], unread: set[str]) -> None:
    """Raises PolicyError for a setting that would change nothing: nobody could tell which figure it was meant for."""
    applies: dict[str, dict[str, object]] = {}
    for policy, _, rule in (name.partition(".") for name in settings.applies_from):
        applies.setdefault(policy, {}).update({rule: {}} if rule else {})
    for section, entries in (("limits", settings.limits), ("targets", settings.targets), ("applies_from", applies)):
        faulty: dict[str, dict[str, object]] = {
            policy: {rule: {} for (of, rule) in settings.rule_faults if of == policy} for policy, _ in settings.rule_faults
        }
        for policy_id in dict.fromkeys((*entries, *faulty)):
            if policy_id in unread or (policy_id == SCORECARD and section == "targets"):
                continue
            if policy_id not in policies:
                raise PolicyError(
                    f"{where_in_settings(settings, section, policy_id)} has no effect: the policy '{policy_id}' is not in use; "
                    f"{did_you_mean(policy_id, policies)} Otherwise add it to 'policies', or take the table out."
                )
            known = [rule.id for rule in policies[policy_id].rules]
            for rule_id in dict.fromkeys((*entries.get(policy_id, ()), *faulty.get(policy_id, ()))):
                if rule_id not in known:
                    raise PolicyError(
                        f"{where_in_settings(settings, section, policy_id, rule_id)} has no effect: the policy {policy_id} has no rule "
                        f"'{rule_id}'; {did_you_mean(rule_id, known)}"
                    )


def _policy_files(own: Path | None) -> dict[str, Path]:
    """Our policies and the council's own, by the file's stem. The council's file of one name replaces ours."""
    folders = [FOLDER, own] if own else [FOLDER]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def _heading(path: Path) -> dict[str, tuple[str, ...]]:
    """A policy file's ``pages`` and ``provides``; nothing for a file that cannot be read, which the engine reports."""
    try:
        heading = declared_in(path).get("policy", {})
        return {key: heading_list(path, heading, key) for key in ("pages", "provides")}
    except (OSError, ValueError, TypeError, AttributeError):
        return {"pages": (), "provides": ()}


def _roles_asked(path: Path) -> tuple[str, ...]:
    """The roles whose approval a policy file's rules ask for; none for a file that cannot be read, which the engine reports."""
    try:
        entries = declared_in(path).get("rule", ())
        return tuple(dict.fromkeys(role for entry in entries for role in approvers(entry.get("parameters", {}))))
    except (OSError, ValueError, TypeError, AttributeError):
        return ()


def policies_by_word(settings: Settings, key: str, *, in_use: bool = True) -> dict[str, tuple[str, ...]]:
    """The policies by the words that their headings name under ``key``, *pages* or *provides*: those in use, else all that there are.

    A file is read once, until it changes, so that the menu need not wait for the rules.
    """
    files = _policy_files(settings.folder / "policies" if settings.folder else None)
    named = [policy for policy in settings.policies if policy in files] if in_use else list(files)

    found: dict[str, tuple[str, ...]] = {}
    for policy in named:
        for word in dict.fromkeys(_heading(files[policy])[key]):
            found[word] = (*found.get(word, ()), policy)
    return found


def policies_with(settings: Settings, key: str, word: str, *, in_use: bool = True) -> tuple[str, ...]:
    """The policies whose heading names one word under ``key`` (``policies_by_word``)."""
    return policies_by_word(settings, key, in_use=in_use).get(word, ())


def policies_and_problems(settings: Settings) -> PoliciesInUse:
    """The policies that the council's settings name, in that order, with its own limits and targets, and what is wrong with them.

    A council keeps policies and measures of its own in ``policies`` and ``measures`` beside its settings. A rule with a mistake has a
    ``problem``; a policy file that cannot be read is left out. Raises PolicyError where a setting names a policy or a rule that there is
    not, or would have no effect, and where no policy is left.
    """
    folder = settings.folder
    files = _policy_files(folder / "policies" if folder else None)
    own_measures = folder / "measures" if folder else None
    known, clashing = measure_files(own_measures), clashing_files(own_measures)
    chosen: dict[str, Policy] = {}
    problems = list(clashing.values())
    unread: set[str] = set()
    for policy_id in settings.policies:
        line = setting_line(settings, "policies")
        if policy_id not in files:
            raise PolicyError(
                f"settings.toml{line}, key 'policies': there is no policy '{policy_id}'; {did_you_mean(policy_id, files)}"
            )
        if policy_id in chosen or policy_id in unread:
            raise PolicyError(f"settings.toml{line}, key 'policies': '{policy_id}' is named twice; take one of them out.")
        # A policy of ours means our measures, whatever the council calls its own.
        own = folder is not None and files[policy_id].parent == folder / "policies"
        try:
            policy = read_policy(files[policy_id], known, clashing if own else {})
        except PolicyError as error:
            problems.append(f"{error} The policy is left out until then.")
            unread.add(policy_id)
            continue
        rules = (_with_own(replace(rule, owner=_owner(rule, policy, settings)), settings) for rule in policy.rules)
        chosen[policy_id] = replace(policy, rules=tuple(rules))
    if not chosen:
        raise PolicyError(" ".join(problems))
    _check_effect(settings, chosen, unread)
    _check_roles(settings, files)
    problems += [problem for policy in chosen.values() for problem in policy.problems]
    return PoliciesInUse(chosen, tuple(dict.fromkeys(problems)))


def unused_files(settings: Settings) -> tuple[str, ...]:
    """What the council's own files that no policy in use needs have wrong, or that they are not used: a remark, and no mistake."""
    if settings.folder is None:
        return ()
    in_use = policies_and_problems(settings).policies
    said = []
    for path in sorted((settings.folder / "policies").glob("*.toml")):
        if path.stem not in settings.policies:
            said.append(f"policies/{path.name} is not used; name it in 'policies' of settings.toml to use it.")
    named = {rule.measure.id for policy in in_use.values() for rule in policy.rules}
    for path in sorted((settings.folder / "measures").glob("*.sql")):
        if path.stem not in named:
            problem = read_measure(path).problem
            said.append(f"measures/{path.name} is not used by any rule in use." + (f" {problem}" if problem else ""))
    return tuple(said)


def policies_in_use(settings: Settings) -> dict[str, Policy]:
    """The policies of ``policies_and_problems``. Raises PolicyError."""
    return policies_and_problems(settings).policies
