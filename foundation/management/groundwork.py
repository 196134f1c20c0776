"""Today's schema laid into an empty database at once, as migrating step by step would leave it.

Migrating renders every model anew at each of some 190 steps (50 s of CPU). An empty database
has no rows to carry along, so the tables can be made straight from the state the migrations end
in. What the steps of our own migrations run (triggers, rows) is run as well; the rows that other
people's migrations leave behind are kept in `first_rows.json`. `tests/house/test_groundwork.py`
migrates a database step by step and compares. A database with rows is always migrated.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps as todays_apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

FLOORS = ("foundation", "bidding", "marketplace", "cms")
_OURS = re.compile(rf"^(?:from|import) ((?:{'|'.join(FLOORS)})[\w.]*)", re.MULTILINE)
FIRST_ROWS = Path(__file__).parent / "first_rows.json"
SHAPES = ("set_page_path_collation", "set_collection_path_collation")
"""Steps of other people's migrations that change the schema and not rows."""


class NotEmpty(Exception):
    """The database has tables already; it can only be migrated."""


def migrations_digest() -> str:
    """A hash of every migration and of what ours import: the same digest, the same schema."""
    digest = hashlib.sha256(FIRST_ROWS.read_bytes())
    house = Path(__file__).resolve().parents[2]
    imported: set[Path] = {Path(__file__)}
    for folder in sorted(Path(app.path) / "migrations" for app in todays_apps.get_app_configs()):
        for file in sorted(folder.glob("*.py")):
            text = file.read_text()
            digest.update(f"{folder.parent.name}/{file.name}\n{text}".encode())
            for module in _OURS.findall(text):
                imported.add(house / (module.replace(".", "/") + ".py"))
    for file in sorted(imported):
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()[:16]


def lay(connection: BaseDatabaseWrapper) -> None:
    """Make every table, trigger and first row in the empty database behind `connection`."""
    if connection.introspection.table_names():
        raise NotEmpty
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    state = executor.loader.project_state(executor.loader.graph.leaf_nodes())
    for model_state in state.models.values():  # taggit's steps add one of its indexes twice
        indexes = model_state.options.get("indexes", [])
        model_state.options["indexes"] = list({index.name: index for index in indexes}.values())
    steps = [(step, label) for migration, _ in plan for step, label in _steps(migration)]
    emit_pre_migrate_signal(0, False, connection.alias, apps=state.apps, plan=plan)
    with connection.schema_editor() as editor:
        by_hand = {name for step, label in steps for name in _made_by_hand(step, label)}
        for model in state.apps.get_models():
            if model._meta.can_migrate(connection) and model._meta.label_lower not in by_hand:
                editor.create_model(model)
    with connection.schema_editor() as editor:
        for step, label in steps:
            if _is_shape(step):
                step.database_forwards(label, editor, state, state)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, name in executor.loader.disk_migrations
    )
    emit_post_migrate_signal(0, False, connection.alias, apps=todays_apps, plan=plan)
    put_first_rows(connection)
    with connection.schema_editor() as editor:
        for step, label in steps:
            if label in FLOORS:
                step.database_forwards(label, editor, state, state)


def put_first_rows(connection: BaseDatabaseWrapper) -> None:
    """The rows other people's migrations leave in an empty database (Wagtail's root page, …)."""
    models = set()
    with transaction.atomic(using=connection.alias), connection.constraint_checks_disabled():
        for row in serializers.deserialize("json", FIRST_ROWS.read_text(), using=connection.alias):
            row.save(using=connection.alias)
            models.add(row.object.__class__)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            with connection.cursor() as cursor:
                cursor.execute(statement)


def first_rows(using: str) -> str:
    """What stands in other people's tables of a freshly migrated database, for FIRST_ROWS."""
    derived = {"contenttypes.contenttype", "auth.permission", "sessions.session"}
    rows: list[Any] = []
    waiting = [
        model
        for model in todays_apps.get_models()
        if model._meta.app_label not in FLOORS and model._meta.label_lower not in derived
    ]
    while waiting:  # a row stands after the rows it points to
        model = next(m for m in waiting if not (_points_to(m) & set(waiting) - {m}))
        waiting.remove(model)
        if model._meta.managed:
            rows += model._default_manager.using(using).order_by("pk")
    text = serializers.serialize("json", rows, use_natural_foreign_keys=True)
    return json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _points_to(model: type[Model]) -> set[Any]:
    fields = [*model._meta.get_fields(), *model._meta.many_to_many]
    required = [f for f in fields if f.is_relation and f.concrete and not f.null]
    return {field.related_model for field in required}


def _steps(migration: migrations.Migration) -> Iterator[tuple[Operation, str]]:
    special = (migrations.RunPython, migrations.RunSQL, migrations.SeparateDatabaseAndState)
    return ((s, migration.app_label) for s in migration.operations if isinstance(s, special))


def _is_shape(step: Operation) -> bool:
    if isinstance(step, migrations.SeparateDatabaseAndState):
        return bool(step.database_operations)
    if isinstance(step, migrations.RunPython):
        return getattr(step.code, "__name__", "") in SHAPES
    return False


def _made_by_hand(step: Operation, label: str) -> Iterator[str]:
    """Models whose tables a migration writes in SQL of its own."""
    if isinstance(step, migrations.SeparateDatabaseAndState) and step.database_operations:
        for inner in step.state_operations:
            if isinstance(inner, migrations.CreateModel):
                yield f"{label}.{inner.name.lower()}"
