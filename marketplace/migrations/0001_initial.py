import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bidding", "0001_initial"),
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title", models.CharField(max_length=120, verbose_name="milestone")),
                (
                    "measure",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how one sees it is done"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="to be done by")),
                (
                    "gate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signing", "signing"),
                            ("midterm", "mid-term accepted"),
                            ("final", "final accepted"),
                        ],
                        max_length=10,
                        verbose_name="opens the tranche",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("reported", "reported"),
                            ("returned", "returned"),
                            ("accepted", "accepted"),
                            ("dropped", "dropped"),
                        ],
                        db_index=True,
                        default="planned",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["accepted", "dropped", "planned", "reported", "returned"],
                            )
                        ),
                        name="milestone_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="checked")),
                ("transfers", models.BigIntegerField(verbose_name="transfers")),
                ("accounts", models.BigIntegerField(verbose_name="accounts")),
                ("faults", models.JSONField(default=list, verbose_name="faults")),
            ],
            options={
                "verbose_name": "check of the books",
                "verbose_name_plural": "checks of the books",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AllocationRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("rank", "By rank, skipping what does not fit"),
                            ("rank-stop", "By rank, stopping at the first that does not fit"),
                            ("part-fund", "By rank, in part where the whole does not fit"),
                            ("best", "The greatest value"),
                            ("equal-shares", "Equal shares of the unions"),
                            ("by-hand", "Changed by hand"),
                        ],
                        max_length=20,
                        verbose_name="policy",
                    ),
                ),
                (
                    "counted",
                    models.CharField(
                        choices=[
                            ("score", "the panel's score"),
                            ("people", "the panel's score × people served"),
                        ],
                        default="score",
                        max_length=10,
                        verbose_name="what counts",
                    ),
                ),
                ("chance", models.PositiveIntegerField(default=1, verbose_name="seed of chance")),
                (
                    "inputs",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "result",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("changes", models.JSONField(default=list, verbose_name="changes by hand")),
                ("computed_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "share",
                    models.PositiveSmallIntegerField(default=0, verbose_name="done, in percent"),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("floors", "The floors cannot all be reached."),
                            ("memory", "The computation needed more memory than it may have."),
                            ("time", "The computation took longer than it may."),
                            (
                                "broken",
                                "The computation ended without an answer. Compute it again.",
                            ),
                        ],
                        max_length=10,
                        verbose_name="why no plan",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being computed"),
                            ("failed", "no plan"),
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("set_aside", "set aside"),
                        ],
                        db_index=True,
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changed_runs",
                        to="marketplace.allocationrun",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="bidding.call",
                    ),
                ),
                (
                    "computed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation run",
                "verbose_name_plural": "allocation runs",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["confirmed", "failed", "proposed", "set_aside", "waiting"],
                            )
                        ),
                        name="run_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "confirmed")),
                        fields=("call",),
                        name="run_one_confirmed_per_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "failed"), ("fault", ""), _connector="XOR"),
                        name="run_says_why_it_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("decided_at", models.DateTimeField()),
                (
                    "activated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="stands since"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why it ended")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "on notice"),
                            ("active", "stands"),
                            ("contracted", "under agreement"),
                            ("cancelled", "cancelled"),
                            ("declined", "declined"),
                        ],
                        db_index=True,
                        default="pending",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards_bought",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="bidding.notice",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="marketplace.allocationrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "award",
                "verbose_name_plural": "awards",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["active", "cancelled", "contracted", "declined", "pending"],
                            )
                        ),
                        name="award_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="award_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("terms", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("starts_on", models.DateField(verbose_name="begins")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("drawn_up_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sign_until",
                    models.DateField(blank=True, null=True, verbose_name="to be signed by"),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="in force since"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("offered", "out for signature"),
                            ("signed", "signed, in force"),
                            ("refused", "signature refused"),
                            ("completed", "completed"),
                            ("terminated", "terminated"),
                        ],
                        db_index=True,
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "drawn_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="marketplace.award",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "completed",
                                    "draft",
                                    "offered",
                                    "refused",
                                    "signed",
                                    "terminated",
                                ],
                            )
                        ),
                        name="agreement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="agreement_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=120, verbose_name="account holder")),
                ("bank", models.CharField(max_length=120, verbose_name="bank and branch")),
                ("number", models.CharField(max_length=34, verbose_name="account number")),
                ("receives", models.BooleanField(default=True, verbose_name="money comes in here")),
                ("stated_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account",
                "verbose_name_plural": "bank accounts",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("receives", True), ("replaced_at", None)),
                        fields=("organisation",),
                        name="bank_account_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("organisation", "number"),
                        name="bank_account_stated_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConnectedAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=80, verbose_name="Stripe's number"),
                ),
                ("opened_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True, verbose_name="last heard of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "being opened"),
                            ("open", "to be filled in at Stripe"),
                            ("ready", "can be paid"),
                            ("restricted", "Stripe wants to know more"),
                        ],
                        db_index=True,
                        default="started",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="connected_account",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "account at Stripe",
                "verbose_name_plural": "accounts at Stripe",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "ready", "restricted", "started"])
                        ),
                        name="connected_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="connected_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), ("state", "started")),
                            models.Q(
                                models.Q(("state", "started"), _negated=True),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="connected_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("hand", "entered by hand"),
                            ("bank", "the bank's statement"),
                            ("stripe", "Stripe"),
                        ],
                        default="hand",
                        max_length=10,
                        verbose_name="known from",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("bank_reference", models.CharField(max_length=80, verbose_name="bank reference")),
                ("received_on", models.DateField(verbose_name="received")),
                ("entered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("arrived", "arrived"),
                            ("part_refunded", "refunded in part"),
                            ("refunded", "refunded"),
                            ("disputed", "disputed"),
                            ("charged_back", "charged back"),
                            ("undone", "undone"),
                        ],
                        db_index=True,
                        default="arrived",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deposits",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "deposit",
                "verbose_name_plural": "deposits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "arrived",
                                    "charged_back",
                                    "disputed",
                                    "part_refunded",
                                    "refunded",
                                    "undone",
                                ],
                            )
                        ),
                        name="deposit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="deposit_positive"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "undone"), _negated=True),
                        fields=("bank_reference",),
                        name="deposit_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=80, unique=True, verbose_name="Stripe's number"),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("reason", models.CharField(blank=True, max_length=80, verbose_name="reason")),
                ("opened_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True, verbose_name="money taken")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="money returned")),
                ("owed_fen", models.BigIntegerField(default=0, verbose_name="already spent")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "being decided"),
                            ("won", "decided for us"),
                            ("lost", "decided against us"),
                        ],
                        db_index=True,
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="marketplace.deposit",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["lost", "open", "won"])),
                        name="dispute_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__gt", 0),
                            ("owed_fen__gte", 0),
                            ("owed_fen__lte", models.F("amount_fen")),
                        ),
                        name="dispute_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at", None), ("taken_at__isnull", False), _connector="OR"
                        ),
                        name="dispute_returned_after_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="bidding.call",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "exclusion",
                "verbose_name_plural": "exclusions",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="exclusion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="exclusion_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_row", models.BigIntegerField()),
                ("subject_name", models.CharField(max_length=200, verbose_name="about")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("remark", "remark"),
                            ("fault", "fault"),
                            ("grave", "grave fault"),
                        ],
                        max_length=10,
                        verbose_name="how grave",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(verbose_name="what was found, and by what")),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(verbose_name="working days to answer in"),
                ),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("noted_at", models.DateTimeField(verbose_name="noted")),
                ("closing", models.TextField(blank=True, verbose_name="how it ended")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for an answer"),
                            ("answered", "answered"),
                            ("accepted", "answer accepted, to be put right"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_index=True,
                        default="asked",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                        verbose_name="organisation that answers",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person who answers",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_row"], name="finding_by_subject")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["accepted", "answered", "asked", "closed", "withdrawn"])
                        ),
                        name="finding_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", None), ("officer__isnull", False)),
                            models.Q(("body__isnull", False), ("officer", None)),
                            _connector="OR",
                        ),
                        name="finding_one_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["fault", "grave", "remark"])),
                        name="finding_severity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_days__gte", 1), ("answer_days__lte", 60)),
                        name="finding_days_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "withdrawn"]), _negated=True),
                            models.Q(
                                models.Q(("closing", ""), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="finding_ended_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="answer")),
                ("answered_at", models.DateTimeField(verbose_name="answered")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("accepted", "accepted"),
                            ("more", "more is required"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="marketplace.finding",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a finding",
                "verbose_name_plural": "answers to findings",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "waiting")),
                        fields=("finding",),
                        name="answer_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_by", None), ("verdict", "waiting")),
                            models.Q(
                                ("judged_by__isnull", False), ("verdict__in", ["accepted", "more"])
                            ),
                            _connector="OR",
                        ),
                        name="answer_judged_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "more"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_more_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=120, verbose_name="name in English"),
                ),
                ("starts_on", models.DateField(verbose_name="begins")),
                ("ends_on", models.DateField(verbose_name="ends")),
                (
                    "currency",
                    models.CharField(default="CNY", max_length=3, verbose_name="currency"),
                ),
                (
                    "warn_percent",
                    models.PositiveSmallIntegerField(
                        default=10,
                        editable=False,
                        verbose_name="warn when less than this is free, in percent",
                    ),
                ),
                (
                    "lapsed_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="lapsed"),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="marketplace.fund",
                        verbose_name="carried over to",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund",
                "verbose_name_plural": "funds",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))),
                        name="fund_span_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("warn_percent__lte", 100)), name="fund_warn_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None),
                            models.Q(
                                ("lapsed_on__isnull", False),
                                models.Q(("successor", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="fund_carried_when_lapsed",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="deposit",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deposits",
                to="marketplace.fund",
            ),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("bank", "by a file for the bank"),
                            ("stripe", "by transfers at Stripe"),
                        ],
                        default="bank",
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("made_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "made"),
                            ("approved", "approved"),
                            ("sent", "sent to the bank"),
                            ("confirmed", "confirmed"),
                            ("cancelled", "cancelled"),
                        ],
                        db_index=True,
                        default="made",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="marketplace.bankaccount",
                        verbose_name="leaves from",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="marketplace.fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "payout batch",
                "verbose_name_plural": "payout batches",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["approved", "cancelled", "confirmed", "made", "sent"])
                        ),
                        name="batch_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["approved", "sent", "confirmed"]), _negated=True
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="batch_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "confirmed"]), _negated=True),
                            models.Q(
                                ("document__isnull", False),
                                ("sent_at__isnull", False),
                                ("way", "bank"),
                            ),
                            models.Q(
                                ("document", None), ("sent_at__isnull", False), ("way", "stripe")
                            ),
                            _connector="OR",
                        ),
                        name="batch_sent_as_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("way", "bank")),
                            models.Q(("account", None), ("way", "stripe")),
                            _connector="OR",
                        ),
                        name="batch_leaves_from_somewhere",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="award",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="marketplace.fund",
            ),
        ),
        migrations.AddField(
            model_name="allocationrun",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="marketplace.fund",
            ),
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=120, unique=True, verbose_name="code")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("authority", "appropriating authority"),
                            ("available", "fund, available"),
                            ("buyer", "allocated to a union"),
                            ("own", "a union's own money"),
                            ("reserved", "reserved for an award"),
                            ("encumbered", "bound by an agreement"),
                            ("payable", "owed to an organisation"),
                            ("paid", "paid out"),
                            ("clearing", "deposits arriving"),
                            ("receivable", "to be given back by an organisation"),
                            ("shortfall", "a union's charged-back deposit"),
                            ("carried", "carried over between funds"),
                        ],
                        max_length=12,
                        verbose_name="kind of account",
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="CNY", max_length=3, verbose_name="currency"),
                ),
                ("debits", models.BigIntegerField(default=0, verbose_name="went out, in fen")),
                ("credits", models.BigIntegerField(default=0, verbose_name="came in, in fen")),
                (
                    "last_transfer",
                    models.BigIntegerField(
                        default=0, editable=False, verbose_name="newest transfer counted in"
                    ),
                ),
                (
                    "no_overdraft",
                    models.BooleanField(default=True, verbose_name="may not go below zero"),
                ),
                ("closed", models.BooleanField(default=False, verbose_name="closed")),
                (
                    "closed_until",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="books closed up to"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "pocket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="marketplace.account",
                        verbose_name="pocket its money came from",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="marketplace.fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["code"],
                "indexes": [models.Index(fields=["fund", "place"], name="account_by_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("no_overdraft", False),
                            ("debits__lte", models.F("credits")),
                            _connector="OR",
                        ),
                        name="account_no_overdraft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credits__gte", 0), ("debits__gte", 0)),
                        name="account_sums_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "place__in",
                                [
                                    "authority",
                                    "available",
                                    "buyer",
                                    "carried",
                                    "clearing",
                                    "encumbered",
                                    "own",
                                    "paid",
                                    "payable",
                                    "receivable",
                                    "reserved",
                                    "shortfall",
                                ],
                            )
                        ),
                        name="account_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", "shortfall"), _negated=True),
                            ("credits__lte", models.F("debits")),
                            _connector="OR",
                        ),
                        name="account_never_above",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("served", models.PositiveIntegerField(default=0, verbose_name="people served")),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="bidding.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "need answered",
                "verbose_name_plural": "needs answered",
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("floors", "The floors cannot all be reached."),
                            ("memory", "The computation needed more memory than it may have."),
                            ("time", "The computation took longer than it may."),
                            (
                                "broken",
                                "The computation ended without an answer. Compute it again.",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="marketplace.allocationrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground of a refusal",
                "verbose_name_plural": "grounds of refusals",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "proposal"), name="ground_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("floor_fen", models.BigIntegerField(default=0, verbose_name="at least")),
                (
                    "ceiling_fen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="at most"),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_limits",
                        to="bidding.call",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.category",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.district",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of a group",
                "verbose_name_plural": "limits of groups",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("category__isnull", False),
                                ("district", None),
                                ("organisation", None),
                            ),
                            models.Q(
                                ("category", None),
                                ("district__isnull", False),
                                ("organisation", None),
                            ),
                            models.Q(
                                ("category", None),
                                ("district", None),
                                ("organisation__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="group_limit_of_one_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("floor_fen__gte", 0),
                            models.Q(
                                models.Q(("ceiling_fen", None), ("floor_fen__gt", 0)),
                                models.Q(
                                    ("ceiling_fen__gte", models.F("floor_fen")),
                                    ("ceiling_fen__isnull", False),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="group_limit_floor_below_ceiling",
                    ),
                    models.UniqueConstraint(
                        fields=("call", "category"), name="group_limit_once_a_category"
                    ),
                    models.UniqueConstraint(
                        fields=("call", "district"), name="group_limit_once_a_district"
                    ),
                    models.UniqueConstraint(
                        fields=("call", "organisation"), name="group_limit_once_a_organisation"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Halt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("suspension", "suspension"), ("termination", "termination")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("provider", "provider"),
                            ("buyer", "buyer"),
                            ("federation", "federation"),
                        ],
                        max_length=10,
                        verbose_name="given by",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("given_at", models.DateTimeField()),
                ("answer_until", models.DateField(verbose_name="may be answered until")),
                ("remark", models.TextField(blank=True, verbose_name="the officer's words")),
                ("decided_at", models.DateTimeField(null=True)),
                ("in_force_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "accepted_fen",
                    models.BigIntegerField(null=True, verbose_name="what the work came to"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "notice given"),
                            ("withdrawn", "withdrawn"),
                            ("refused", "not followed"),
                            ("in_force", "in force"),
                            ("lifted", "lifted"),
                            ("settled", "project settled"),
                        ],
                        db_index=True,
                        default="given",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notice to stop",
                "verbose_name_plural": "notices to stop",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["given", "in_force", "lifted", "refused", "settled", "withdrawn"],
                            )
                        ),
                        name="halt_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "suspension"),
                            models.Q(("state__in", ["in_force", "lifted"]), _negated=True),
                            _connector="OR",
                        ),
                        name="halt_only_suspensions_last",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "suspension"),
                            models.Q(("state", "settled"), _negated=True),
                            models.Q(("accepted_fen__gte", 0), ("accepted_fen__isnull", False)),
                            _connector="OR",
                        ),
                        name="halt_settled_over_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="halt_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HaltProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "halt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="marketplace.halt",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof of a notice",
                "verbose_name_plural": "proofs of a notice",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HaltWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("provider", "provider"),
                            ("buyer", "buyer"),
                            ("federation", "federation"),
                        ],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("text", models.TextField(blank=True, verbose_name="answer")),
                ("said_at", models.DateTimeField()),
                (
                    "halt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="marketplace.halt",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a notice",
                "verbose_name_plural": "answers to a notice",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("halt", "side"), name="halt_side_answers_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agrees", True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="halt_no_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HonorariaList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet_fee_fen", models.PositiveIntegerField(verbose_name="for each final sheet")),
                (
                    "half_day_fee_fen",
                    models.PositiveIntegerField(verbose_name="for half a day at the roadshow"),
                ),
                ("drawn_up_at", models.DateTimeField(verbose_name="drawn up")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                (
                    "returned_because",
                    models.TextField(blank=True, verbose_name="why it was given back"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn_up", "drawn up"),
                            ("confirmed", "confirmed"),
                            ("approved", "approved"),
                        ],
                        db_index=True,
                        default="drawn_up",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honoraria",
                        to="bidding.call",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "list of honoraria",
                "verbose_name_plural": "lists of honoraria",
                "ordering": ["-drawn_up_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["approved", "confirmed", "drawn_up"])),
                        name="honoraria_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", models.F("approved_by")), _negated=True
                        ),
                        name="honoraria_two_look",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="honoraria_approved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Honorarium",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheets", models.PositiveSmallIntegerField(verbose_name="final sheets")),
                ("half_days", models.PositiveSmallIntegerField(verbose_name="half days on stage")),
                (
                    "of_the_house",
                    models.BooleanField(default=False, verbose_name="works for the federation"),
                ),
                ("computed_fen", models.PositiveIntegerField(verbose_name="worked out")),
                ("amount_fen", models.PositiveIntegerField(verbose_name="due")),
                ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="reference of the payment"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honoraria",
                        to="bidding.expert",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="marketplace.honorarialist",
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "honorarium",
                "verbose_name_plural": "honoraria",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("list", "expert"), name="honorarium_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("of_the_house", False), ("computed_fen", 0), _connector="OR"
                        ),
                        name="honorarium_none_for_the_house",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_by", None), ("paid_on", None), ("reference", "")),
                            models.Q(
                                ("amount_fen__gt", 0),
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="honorarium_paid_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before_fen", models.PositiveIntegerField()),
                ("after_fen", models.PositiveIntegerField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="corrected")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "honorarium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="marketplace.honorarium",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of an honorarium",
                "verbose_name_plural": "corrections of honoraria",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="correction_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before_fen", models.F("after_fen")), _negated=True),
                        name="correction_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("begun_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True, verbose_name="compared")),
                ("results", models.JSONField(default=list, verbose_name="results")),
                ("faults", models.PositiveIntegerField(default=0, verbose_name="faults")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "asked for, not run yet"),
                            ("sound", "everything holds"),
                            ("faulty", "faults found"),
                        ],
                        db_index=True,
                        default="wanted",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "verification of everything",
                "verbose_name_plural": "verifications of everything",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["faulty", "sound", "wanted"])),
                        name="inspection_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "wanted")),
                        fields=("state",),
                        name="inspection_one_wanted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("state", "wanted")),
                            models.Q(("done_at__isnull", False), ("faults", 0), ("state", "sound")),
                            models.Q(
                                ("done_at__isnull", False), ("faults__gt", 0), ("state", "faulty")
                            ),
                            _connector="OR",
                        ),
                        name="inspection_says_what_it_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("shown_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "interest",
                "verbose_name_plural": "interests",
                "constraints": [
                    models.UniqueConstraint(fields=("buyer", "proposal"), name="interest_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="invoice code")),
                ("number", models.CharField(max_length=30, verbose_name="invoice number")),
                ("issued_on", models.DateField(verbose_name="issued")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                (
                    "seller_uscc",
                    models.CharField(max_length=18, verbose_name="seller's credit code"),
                ),
                ("entered_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seller_uscc", "code", "number"), name="invoice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="invoice_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                ("row", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="what was looked at"),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="looked at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawn", "to be looked at"),
                            ("sound", "looked at, in order"),
                            ("faulty", "with a finding"),
                        ],
                        db_index=True,
                        default="drawn",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sampled item",
                "verbose_name_plural": "sampled items",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawn", "faulty", "sound"])),
                        name="sample_item_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "drawn"),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_looked_at_by_somebody",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="marketplace.item",
                verbose_name="item",
            ),
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, verbose_name="key")),
                ("digest", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appropriate", "appropriation"),
                            ("lapse", "return to the authority"),
                            ("allocate", "budget given"),
                            ("unallocate", "budget taken back"),
                            ("pass_on", "budget passed on down the tree"),
                            ("take_back", "budget taken back up the tree"),
                            ("receive", "own money received"),
                            ("reserve", "reserved for an award"),
                            ("release", "reservation released"),
                            ("encumber", "bound by an agreement"),
                            ("unencumber", "returned unspent"),
                            ("expend", "owed for delivery"),
                            ("call_off", "no longer owed"),
                            ("pay", "paid out"),
                            ("return_part", "part of a payment came back"),
                            ("refund", "own money refunded"),
                            ("charge_back", "deposit charged back"),
                            ("claim", "claimed back"),
                            ("waive", "claim given up"),
                            ("recover", "came back from an organisation"),
                            ("carry_over", "carried over to the next fund"),
                            ("reverse", "undone"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                ("memo", models.CharField(blank=True, max_length=200, verbose_name="memo")),
                (
                    "facts",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="effective")),
                ("created_at", models.DateTimeField(verbose_name="posted")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="marketplace.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal",
                "verbose_name_plural": "journals",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["reference"], name="journal_by_reference")],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="journal_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "allocate",
                                    "appropriate",
                                    "call_off",
                                    "carry_over",
                                    "charge_back",
                                    "claim",
                                    "encumber",
                                    "expend",
                                    "lapse",
                                    "pass_on",
                                    "pay",
                                    "receive",
                                    "recover",
                                    "refund",
                                    "release",
                                    "reserve",
                                    "return_part",
                                    "reverse",
                                    "take_back",
                                    "unallocate",
                                    "unencumber",
                                    "waive",
                                ],
                            )
                        ),
                        name="journal_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was_due_on", models.DateField(verbose_name="was due on")),
                ("due_on", models.DateField(verbose_name="asked until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("asked_at", models.DateTimeField()),
                ("remark", models.TextField(blank=True, verbose_name="the buyer's remark")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        db_index=True,
                        default="asked",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="marketplace.milestone",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "granted", "refused", "withdrawn"])
                        ),
                        name="extension_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("milestone",),
                        name="extension_one_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("was_due_on"))),
                        name="extension_is_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="extension_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="note")),
                ("written_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a proposal",
                "verbose_name_plural": "notes on proposals",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="note_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("buyer", "buyer"), ("provider", "provider")],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                (
                    "signed_name",
                    models.CharField(blank=True, max_length=80, verbose_name="signed as"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
                ("signed_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "refused_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was refused"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="marketplace.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "side"), name="party_side_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="party_signed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "held_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="on hold since"),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "owed"),
                            ("invoiced", "invoice received"),
                            ("batched", "in a batch"),
                            ("paid", "paid"),
                            ("called_off", "no longer owed"),
                        ],
                        db_index=True,
                        default="owed",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payables",
                        to="marketplace.fund",
                    ),
                ),
                (
                    "invoice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payable",
                        to="marketplace.invoice",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payables",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "payable",
                "verbose_name_plural": "payables",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["batched", "called_off", "invoiced", "owed", "paid"])
                        ),
                        name="payable_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="payable_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=80, verbose_name="Stripe's number"),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("parts_fen", models.BigIntegerField(default=0, verbose_name="came back in parts")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("paid", "paid"),
                            ("failed", "failed"),
                            ("returned", "came back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=200, verbose_name="what the bank said"),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("recalled_at", models.DateTimeField(null=True)),
                (
                    "bank_account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="marketplace.bankaccount",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="marketplace.batch",
                    ),
                ),
                (
                    "connected_account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="marketplace.connectedaccount",
                    ),
                ),
                (
                    "payable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="marketplace.payable",
                    ),
                ),
            ],
            options={
                "verbose_name": "payout",
                "verbose_name_plural": "payouts",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("result__in", ["failed", "returned"]), _negated=True),
                        fields=("payable",),
                        name="payout_one_alive_per_payable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="payout_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "waiting"), ("settled_at", None)),
                            models.Q(
                                ("result__in", ["paid", "failed", "returned"]),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="payout_settled_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "returned"), ("returned_at__isnull", False)),
                            models.Q(
                                models.Q(("result", "returned"), _negated=True),
                                ("returned_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="payout_returned_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parts_fen", 0),
                            models.Q(
                                ("parts_fen__gt", 0),
                                ("parts_fen__lte", models.F("amount_fen")),
                                ("result", "paid"),
                            ),
                            _connector="OR",
                        ),
                        name="payout_parts_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bank_account__isnull", False),
                                ("connected_account", None),
                                ("number", ""),
                            ),
                            models.Q(("bank_account", None), ("connected_account__isnull", False)),
                            _connector="OR",
                        ),
                        name="payout_one_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="payout_number_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="payable",
            name="came_back_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="marketplace.payout",
            ),
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "money",
                    models.CharField(
                        choices=[("allocated", "allocated budget"), ("own", "our own money")],
                        max_length=10,
                        verbose_name="which money",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("promised_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("withdrawn", "withdrawn"),
                            ("used", "used in an award"),
                            ("released", "not needed"),
                        ],
                        db_index=True,
                        default="promised",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="marketplace.fund",
                    ),
                ),
                (
                    "promised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="bidding.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "pledge",
                "verbose_name_plural": "pledges",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["promised", "released", "used", "withdrawn"])
                        ),
                        name="pledge_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "promised")),
                        fields=("buyer", "proposal", "money"),
                        name="pledge_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="pledge_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pocket", models.CharField(blank=True, max_length=120, verbose_name="pocket")),
                ("amount_fen", models.BigIntegerField(default=0, verbose_name="amount")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ceiling", "the ceiling for one proposal"),
                            ("lot", "what was left of the lot"),
                            ("money", "the money that could be had"),
                            ("limit", "what was left of a group's ceiling"),
                            ("excluded", "another proposal that excludes it"),
                            ("stopped", "the sharing had stopped"),
                            ("buyer", "no union that would buy it"),
                            ("floor", "the floors of other groups"),
                            ("hand", "a decision by hand"),
                        ],
                        max_length=10,
                        verbose_name="why not",
                    ),
                ),
                ("group_name", models.CharField(blank=True, max_length=200, verbose_name="group")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "in_the_end",
                    models.BooleanField(default=False, verbose_name="seen when the plan stands"),
                ),
                ("have_fen", models.BigIntegerField(default=0, verbose_name="could be had")),
                ("needed_fen", models.BigIntegerField(default=0, verbose_name="at least needed")),
                (
                    "buyer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stood_in_the_way",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="bidding.proposal",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="marketplace.allocationrun",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="marketplace.pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen", 0), ("pocket", "")),
                            models.Q(
                                ("amount_fen__gt", 0), models.Q(("pocket", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="match_money_has_pocket",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__gt", 0),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="match_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="in a few words")),
                ("year", models.PositiveSmallIntegerField(db_index=True, verbose_name="year")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                (
                    "audience",
                    models.CharField(blank=True, max_length=200, verbose_name="whom it serves"),
                ),
                ("headcount", models.PositiveIntegerField(verbose_name="people promised")),
                ("served", models.PositiveIntegerField(default=0, verbose_name="people served")),
                ("starts_on", models.DateField(verbose_name="begins")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "score_hundredths",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="final score"),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("A", "A"), ("B", "B"), ("C", "C")],
                        max_length=1,
                        verbose_name="grade",
                    ),
                ),
                ("lessons", models.TextField(blank=True, verbose_name="what was learnt")),
                (
                    "ended_reason",
                    models.TextField(blank=True, verbose_name="why it was broken off"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("suspended", "suspended"),
                            ("closed", "closed"),
                            ("terminated", "terminated"),
                        ],
                        db_index=True,
                        default="running",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project",
                        to="marketplace.agreement",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects_bought",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="bidding.category",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "districts",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="foundation.district"
                    ),
                ),
                (
                    "needs",
                    models.ManyToManyField(
                        related_name="projects",
                        through="marketplace.Goal",
                        to="bidding.need",
                        verbose_name="needs it answers",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="foundation.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "indexes": [
                    models.Index(fields=["-year", "-id"], name="project_newest"),
                    models.Index(fields=["category", "-year", "-id"], name="project_by_category"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["closed", "running", "suspended", "terminated"])
                        ),
                        name="project_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                ("score_hundredths__isnull", False),
                                models.Q(("grade", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="project_closed_with_grade",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score_hundredths", None),
                            ("score_hundredths__lte", 10000),
                            _connector="OR",
                        ),
                        name="project_score_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "terminated"), _negated=True),
                            models.Q(("ended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="project_broken_off_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="milestone",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="marketplace.project",
            ),
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="where")),
                (
                    "place_en",
                    models.CharField(blank=True, max_length=240, verbose_name="where, in English"),
                ),
                ("times", models.CharField(max_length=200, verbose_name="when")),
                (
                    "times_en",
                    models.CharField(blank=True, max_length=240, verbose_name="when, in English"),
                ),
                ("how", models.TextField(max_length=600, verbose_name="how to join")),
                (
                    "how_en",
                    models.TextField(
                        blank=True, max_length=800, verbose_name="how to join, in English"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=80, verbose_name="whom to ask"),
                ),
                ("is_free", models.BooleanField(default=True, verbose_name="costs nothing")),
                (
                    "price",
                    models.CharField(blank=True, max_length=120, verbose_name="what it costs"),
                ),
                (
                    "until",
                    models.DateField(blank=True, null=True, verbose_name="one can join until"),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joining",
                        to="marketplace.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "joining words",
                "verbose_name_plural": "joining words",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_free", True), ("price", "")),
                            models.Q(("is_free", False), models.Q(("price", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="joining_says_what_it_costs",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="halt",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="halts",
                to="marketplace.project",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="marketplace.project",
            ),
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("key_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("project", "a project or service"),
                            ("organisation", "an organisation or union"),
                            ("survey", "a survey"),
                            ("site", "this site, or something else"),
                        ],
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                ("which", models.CharField(blank=True, max_length=120, verbose_name="which one")),
                ("words", models.CharField(max_length=4000, verbose_name="what is wrong")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=120, verbose_name="phone or e-mail"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("had_contact", models.BooleanField(default=False, verbose_name="left a contact")),
                ("received_at", models.DateTimeField(verbose_name="came in")),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken up")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "erased_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="contact erased"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("in_hand", "in hand"),
                            ("answered", "answered"),
                        ],
                        db_index=True,
                        default="received",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="bidding.survey",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in the hands of",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="marketplace.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "verbose_name_plural": "complaints",
                "indexes": [
                    models.Index(fields=["state", "due_on", "id"], name="complaint_by_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["answered", "in_hand", "received"])),
                        name="complaint_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("about", "project"), ("organisation", None), ("survey", None)
                            ),
                            models.Q(
                                ("about", "organisation"), ("project", None), ("survey", None)
                            ),
                            models.Q(
                                ("about", "survey"), ("organisation", None), ("project", None)
                            ),
                            models.Q(
                                ("about", "site"),
                                ("organisation", None),
                                ("project", None),
                                ("survey", None),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="complaint_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "received"), ("taken_at", None)),
                            models.Q(
                                ("state", "in_hand"),
                                ("taken_at__isnull", False),
                                ("taken_by__isnull", False),
                            ),
                            models.Q(("state", "answered"), ("taken_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="complaint_in_hand_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("contact", ""), _connector="OR"),
                        name="complaint_erased_is_gone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("occasion", models.CharField(max_length=120, verbose_name="occasion")),
                (
                    "occasion_en",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="occasion, in English"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="day")),
                ("people", models.PositiveIntegerField(verbose_name="people there")),
                ("until_on", models.DateField(verbose_name="answers are taken until")),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("answers", models.PositiveIntegerField(default=0, verbose_name="answers")),
                ("heard", models.PositiveIntegerField(default=0, verbose_name="answers added up")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="askings",
                        to="marketplace.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "asking",
                "verbose_name_plural": "askings",
                "ordering": ["-held_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answers__lte", models.F("people")),
                            ("heard__lte", models.F("answers")),
                            ("people__gt", 0),
                        ),
                        name="asking_no_more_answers_than_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("held_on"))),
                        name="asking_until_after_the_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("posts", models.CharField(blank=True, max_length=120, verbose_name="posts held")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "document"),
                            ("proposal", "opened proposal"),
                            ("personal", "personal data"),
                            ("export", "export"),
                            ("dossier", "dossier"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=40)),
                ("subject_name", models.CharField(max_length=200, verbose_name="what")),
                ("path", models.CharField(max_length=200, verbose_name="address")),
                (
                    "came_from",
                    models.CharField(blank=True, max_length=200, verbose_name="from page"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                        verbose_name="whose",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading",
                "verbose_name_plural": "readings",
                "indexes": [
                    models.Index(fields=["person", "-id"], name="reading_by_person"),
                    models.Index(fields=["organisation", "-id"], name="reading_by_organisation"),
                    models.Index(fields=["kind", "-id"], name="reading_by_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["document", "dossier", "export", "personal", "proposal"])
                        ),
                        name="reading_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("begun_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True, verbose_name="compared")),
                (
                    "results",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="results",
                    ),
                ),
                ("fresh", models.PositiveIntegerField(default=0, verbose_name="new or back")),
                ("gone", models.PositiveIntegerField(default=0, verbose_name="no longer there")),
                ("left", models.PositiveIntegerField(default=0, verbose_name="open")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "asked for"),
                            ("agreed", "everything agrees"),
                            ("differing", "differences to be settled"),
                        ],
                        db_index=True,
                        default="wanted",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison with Stripe and the bank",
                "verbose_name_plural": "comparisons with Stripe and the bank",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["agreed", "differing", "wanted"])),
                        name="reconciliation_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "wanted")),
                        fields=("state",),
                        name="reconciliation_one_wanted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("state", "wanted")),
                            models.Q(("done_at__isnull", False), ("left", 0), ("state", "agreed")),
                            models.Q(
                                ("done_at__isnull", False), ("left__gt", 0), ("state", "differing")
                            ),
                            _connector="OR",
                        ),
                        name="reconciliation_says_what_it_found",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160, unique=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("stripe", "Stripe"), ("bank", "the bank"), ("book", "the book")],
                        max_length=10,
                        verbose_name="compared with",
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                (
                    "facts",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("ours_fen", models.BigIntegerField(null=True, verbose_name="here")),
                ("theirs_fen", models.BigIntegerField(null=True, verbose_name="there")),
                ("happened_on", models.DateField(null=True, verbose_name="happened")),
                ("about_type", models.CharField(blank=True, max_length=60)),
                ("about_id", models.CharField(blank=True, max_length=40)),
                ("found_at", models.DateTimeField(verbose_name="found")),
                ("standing", models.BooleanField(default=True, verbose_name="still there")),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="times opened")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="how it is explained"
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True, verbose_name="settled")),
                (
                    "closed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="what closed it"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "to be settled"),
                            ("resolved", "explained"),
                            ("gone", "no longer there"),
                        ],
                        db_index=True,
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed",
                        to="marketplace.reconciliation",
                    ),
                ),
                (
                    "found_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found",
                        to="marketplace.reconciliation",
                    ),
                ),
                (
                    "seen_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen",
                        to="marketplace.reconciliation",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["gone", "open", "resolved"])),
                        name="difference_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["stripe", "bank", "book"])),
                        name="difference_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("standing", True), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("resolved_by__isnull", False),
                                ("state", "resolved"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_in__isnull", False),
                                ("standing", False),
                                ("state", "gone"),
                            ),
                            _connector="OR",
                        ),
                        name="difference_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "number",
                    models.CharField(blank=True, max_length=80, verbose_name="number outside"),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="what was said"),
                ),
                ("asked_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "to be sent"),
                            ("sent", "on its way back"),
                            ("arrived", "given back"),
                            ("failed", "failed"),
                        ],
                        db_index=True,
                        default="asked",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deposit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="marketplace.deposit",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["arrived", "asked", "failed", "sent"])),
                        name="refund_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="refund_positive"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="refund_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remittance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("purpose", models.CharField(blank=True, max_length=160, verbose_name="meant for")),
                ("announced_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "awaited"),
                            ("paid", "arrived"),
                            ("cancelled", "called off"),
                        ],
                        db_index=True,
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remittances",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remittances",
                        to="marketplace.fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "announced payment",
                "verbose_name_plural": "announced payments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["cancelled", "open", "paid"])),
                        name="remittance_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="remittance_positive"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="deposit",
            name="remittance",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deposits",
                to="marketplace.remittance",
            ),
        ),
        migrations.CreateModel(
            name="Checkout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                (
                    "number",
                    models.CharField(blank=True, max_length=80, verbose_name="Stripe's number"),
                ),
                (
                    "url",
                    models.URLField(blank=True, max_length=1000, verbose_name="page to pay on"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="open until")),
                ("started_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "being opened"),
                            ("open", "open"),
                            ("paid", "paid"),
                            ("expired", "expired"),
                        ],
                        db_index=True,
                        default="started",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deposit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkout",
                        to="marketplace.deposit",
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkouts",
                        to="marketplace.remittance",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment at Stripe",
                "verbose_name_plural": "payments at Stripe",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["expired", "open", "paid", "started"])),
                        name="checkout_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="checkout_positive"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="checkout_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["started", "open"])),
                        fields=("remittance",),
                        name="checkout_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deposit__isnull", False), ("state", "paid")),
                            models.Q(models.Q(("state", "paid"), _negated=True), ("deposit", None)),
                            _connector="OR",
                        ),
                        name="checkout_paid_has_deposit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="what was done")),
                ("served", models.PositiveIntegerField(default=0, verbose_name="people served")),
                ("spent_fen", models.BigIntegerField(default=0, verbose_name="money spent")),
                ("reported_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("accepted", "accepted"),
                            ("returned", "returned"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="the buyer's remark")),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="marketplace.milestone",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "waiting")),
                        fields=("milestone",),
                        name="report_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "returned"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_return_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(max_length=160, verbose_name="what it shows")),
                (
                    "public",
                    models.BooleanField(default=False, verbose_name="may be shown to everybody"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="marketplace.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("served", models.PositiveIntegerField(verbose_name="people served")),
                (
                    "outcome",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what changed for them"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="marketplace.goal",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="marketplace.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "goal"), name="result_goal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("journals", "journals of the book"),
                            ("payouts", "payouts"),
                            ("agreements", "agreements"),
                            ("projects", "projects"),
                            ("screenings", "screening decisions"),
                        ],
                        max_length=12,
                        verbose_name="drawn from",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="to")),
                ("last_row", models.BigIntegerField(verbose_name="newest row there was")),
                ("population", models.PositiveIntegerField(verbose_name="how many there were")),
                (
                    "population_sha256",
                    models.CharField(max_length=64, verbose_name="fingerprint of the population"),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                ("size", models.PositiveIntegerField(verbose_name="how many are drawn")),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("drawn_at", models.DateTimeField(verbose_name="drawn")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bidding.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.fund",
                        verbose_name="fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "sample",
                "verbose_name_plural": "samples",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["agreements", "journals", "payouts", "projects", "screenings"],
                            )
                        ),
                        name="sample_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", models.F("population"))),
                        name="sample_fits_population",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seed", ""), _negated=True), name="sample_has_seed"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="sample",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="marketplace.sample",
            ),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("pocket", models.CharField(max_length=120, verbose_name="pocket")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="marketplace.award",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="marketplace.pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "share",
                "verbose_name_plural": "shares",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("award", "pocket"), name="share_pocket_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="share_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfIndex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrays", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "ranking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shelf_index",
                        to="bidding.ranking",
                    ),
                ),
            ],
            options={
                "verbose_name": "index of the shelf",
                "verbose_name_plural": "indexes of the shelf",
            },
        ),
        migrations.CreateModel(
            name="Shortage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_fen", models.BigIntegerField(verbose_name="given")),
                ("free_fen", models.BigIntegerField(verbose_name="free")),
                ("began_at", models.DateTimeField(verbose_name="began")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shortages",
                        to="marketplace.fund",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organisation",
                        verbose_name="union",
                    ),
                ),
            ],
            options={
                "verbose_name": "shortage",
                "verbose_name_plural": "shortages",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("organisation", None)),
                        fields=("fund",),
                        name="shortage_one_of_a_fund",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("fund", "organisation"),
                        name="shortage_one_of_a_union",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                (
                    "layout",
                    models.CharField(
                        choices=[("icbc", "as ICBC writes it"), ("ccb", "as CCB writes it")],
                        max_length=10,
                        verbose_name="layout",
                    ),
                ),
                ("encoding", models.CharField(max_length=12, verbose_name="encoding")),
                (
                    "own_account",
                    models.CharField(blank=True, max_length=60, verbose_name="account of ours"),
                ),
                ("new_lines", models.PositiveIntegerField(verbose_name="new lines")),
                ("known_lines", models.PositiveIntegerField(verbose_name="lines known before")),
                ("refused", models.JSONField(default=list, verbose_name="refused rows")),
                ("first_at", models.DateTimeField(null=True, verbose_name="from")),
                ("last_at", models.DateTimeField(null=True, verbose_name="to")),
                ("opening_fen", models.BigIntegerField(null=True, verbose_name="balance before")),
                ("closing_fen", models.BigIntegerField(null=True, verbose_name="balance after")),
                (
                    "broken_row",
                    models.PositiveIntegerField(null=True, verbose_name="row that does not follow"),
                ),
                ("imported_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bank statement",
                "verbose_name_plural": "bank statements",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("booked_on", models.DateField(verbose_name="booked")),
                ("incoming", models.BooleanField(verbose_name="came in")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                (
                    "counterparty",
                    models.CharField(blank=True, max_length=200, verbose_name="other side"),
                ),
                (
                    "account",
                    models.CharField(blank=True, max_length=60, verbose_name="its account"),
                ),
                (
                    "memo",
                    models.CharField(blank=True, max_length=500, verbose_name="what was written"),
                ),
                (
                    "serial",
                    models.CharField(blank=True, max_length=60, verbose_name="bank's number"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be looked at"),
                            ("matched", "matched"),
                            ("set_aside", "set aside"),
                            ("returned", "sent back"),
                        ],
                        db_index=True,
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "came_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_back",
                        to="marketplace.payout",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deposit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="marketplace.deposit",
                    ),
                ),
                (
                    "part",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_back",
                        to="marketplace.payable",
                    ),
                ),
                (
                    "payout",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="marketplace.payout",
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="marketplace.refund",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="marketplace.statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a statement",
                "verbose_name_plural": "lines of statements",
                "ordering": ["-booked_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["matched", "returned", "set_aside", "waiting"])
                        ),
                        name="line_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="line_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("payout", None),
                                    ("refund", None),
                                    models.Q(
                                        models.Q(
                                            ("came_back", None),
                                            ("deposit__isnull", False),
                                            ("part", None),
                                        ),
                                        models.Q(
                                            ("came_back__isnull", False),
                                            ("deposit", None),
                                            ("part", None),
                                        ),
                                        models.Q(
                                            ("came_back", None),
                                            ("deposit", None),
                                            ("part__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                ("incoming", True),
                                ("state", "matched"),
                            ),
                            models.Q(
                                models.Q(
                                    ("came_back", None),
                                    ("deposit", None),
                                    ("part", None),
                                    models.Q(
                                        models.Q(("payout__isnull", False), ("refund", None)),
                                        models.Q(("payout", None), ("refund__isnull", False)),
                                        _connector="OR",
                                    ),
                                ),
                                ("incoming", False),
                                ("state", "matched"),
                            ),
                            models.Q(
                                models.Q(("state", "matched"), _negated=True),
                                ("came_back", None),
                                ("deposit", None),
                                ("part", None),
                                ("payout", None),
                                ("refund", None),
                            ),
                            _connector="OR",
                        ),
                        name="line_matched_with_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["set_aside", "returned"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="line_decided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StripeEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=80, unique=True, verbose_name="Stripe's number"),
                ),
                ("kind", models.CharField(max_length=80, verbose_name="kind")),
                ("body", models.TextField(verbose_name="as it came")),
                ("happened_at", models.DateTimeField(verbose_name="happened")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("done_at", models.DateTimeField(null=True, verbose_name="worked off")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "error",
                    models.CharField(blank=True, max_length=300, verbose_name="why it waits"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("done", "worked off"),
                            ("held", "held for a person"),
                            ("set_aside", "set aside"),
                        ],
                        db_index=True,
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of Stripe's",
                "verbose_name_plural": "events of Stripe's",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["done", "held", "set_aside", "waiting"])),
                        name="event_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "set_aside"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_set_aside_with_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplierInvoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="invoice code")),
                ("number", models.CharField(max_length=30, verbose_name="invoice number")),
                ("issued_on", models.DateField(verbose_name="issued")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount with tax")),
                (
                    "seller_uscc",
                    models.CharField(max_length=18, verbose_name="seller's credit code"),
                ),
                ("seller", models.CharField(max_length=120, verbose_name="seller")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplier's invoice",
                "verbose_name_plural": "suppliers' invoices",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seller_uscc", "code", "number"), name="supplier_invoice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="supplier_invoice_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expense",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveSmallIntegerField(verbose_name="budget line")),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="what for")),
                ("entered_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                (
                    "struck_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was struck"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.project",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.report",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expenses",
                        to="marketplace.supplierinvoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "expense",
                "verbose_name_plural": "expenses",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("struck_at", None)),
                        fields=("invoice", "line"),
                        name="expense_line_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="expense_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("struck_at", None), ("struck_reason", "")),
                            models.Q(
                                ("struck_at__isnull", False),
                                models.Q(("struck_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="expense_struck_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tranche",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="tranche")),
                (
                    "gate",
                    models.CharField(
                        choices=[
                            ("signing", "signing"),
                            ("midterm", "mid-term accepted"),
                            ("final", "final accepted"),
                        ],
                        max_length=10,
                        verbose_name="owed after",
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount")),
                ("spent_fen", models.BigIntegerField(default=0, verbose_name="owed in the end")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for its gate"),
                            ("due", "owed"),
                            ("returned", "returned unspent"),
                        ],
                        db_index=True,
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tranches",
                        to="marketplace.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "tranche",
                "verbose_name_plural": "tranches",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["due", "returned", "waiting"])),
                        name="tranche_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("agreement", "position"), name="tranche_position_once"
                    ),
                    models.UniqueConstraint(fields=("agreement", "gate"), name="tranche_gate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__gt", 0),
                            ("spent_fen__gte", 0),
                            ("spent_fen__lte", models.F("amount_fen")),
                        ),
                        name="tranche_within_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="amount in fen")),
                (
                    "credit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_in",
                        to="marketplace.account",
                    ),
                ),
                (
                    "debit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_out",
                        to="marketplace.account",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="marketplace.journal",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["debit", "-id"], name="transfer_out_newest"),
                    models.Index(fields=["credit", "-id"], name="transfer_in_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__gt", 0), ("amount_fen__lte", 9007199254740992)
                        ),
                        name="transfer_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debit", models.F("credit")), _negated=True),
                        name="transfer_two_accounts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="closed up to")),
                ("closed_at", models.DateTimeField(verbose_name="closed")),
                (
                    "last_transfer",
                    models.BigIntegerField(verbose_name="newest transfer at that moment"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="marketplace.fund",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.verification",
                        verbose_name="check of the books",
                    ),
                ),
            ],
            options={
                "verbose_name": "closed period",
                "verbose_name_plural": "closed periods",
                "ordering": ["-ends_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("fund", "ends_on"), name="period_closed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("token", models.UUIDField(unique=True)),
                ("helpful", models.PositiveSmallIntegerField(verbose_name="did it help")),
                ("well_run", models.PositiveSmallIntegerField(verbose_name="was it well run")),
                (
                    "again",
                    models.CharField(
                        choices=[("yes", "Yes"), ("unsure", "Not sure"), ("no", "No")],
                        max_length=6,
                        verbose_name="again",
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="marketplace.asking",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of one served",
                "verbose_name_plural": "answers of those served",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("asking", "position"), name="voice_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helpful__gte", 1),
                            ("helpful__lte", 5),
                            ("well_run__gte", 1),
                            ("well_run__lte", 5),
                        ),
                        name="voice_marks_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("again__in", ["yes", "unsure", "no"])),
                        name="voice_again_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Weights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "needs",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="needs of our own workers",
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="district and travel",
                    ),
                ),
                (
                    "audience",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="whom it serves",
                    ),
                ),
                (
                    "history",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="what we took before",
                    ),
                ),
                (
                    "text",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="words of its title and summary",
                    ),
                ),
                (
                    "price",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="price against our money",
                    ),
                ),
                (
                    "record",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="the organisation's record",
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="the panel's score",
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "buyer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shelf_weights",
                        to="foundation.organisation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "weights of a shelf",
                "verbose_name_plural": "weights of shelves",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__lte", 100),
                            ("history__lte", 100),
                            ("needs__lte", 100),
                            ("place__lte", 100),
                            ("price__lte", 100),
                            ("record__lte", 100),
                            ("score__lte", 100),
                            ("text__lte", 100),
                        ),
                        name="weights_at_most_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", 0),
                            ("history", 0),
                            ("needs", 0),
                            ("place", 0),
                            ("price", 0),
                            ("record", 0),
                            ("score", 0),
                            ("text", 0),
                            _negated=True,
                        ),
                        name="weights_count_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "last_transfer",
                    models.BigIntegerField(verbose_name="newest transfer on the trial balance"),
                ),
                ("printed_at", models.DateTimeField(verbose_name="printed")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_end",
                        to="marketplace.fund",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketplace.period",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
                (
                    "trial_balance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "year-end",
                "verbose_name_plural": "year-ends",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("closed_by", None),
                                ("period", None),
                                ("statement", None),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("period__isnull", False),
                                ("statement__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="year_end_closed_whole",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["owed", "called_off"]),
                    ("invoice__isnull", False),
                    ("came_back_from__isnull", False),
                    _connector="OR",
                ),
                name="payable_invoiced_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(("came_back_from", None), ("invoice", None), _connector="OR"),
                name="payable_part_has_its_invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came_back_from", None)),
                fields=("reference",),
                name="payable_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("project", "position"), name="milestone_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="halt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "given")), fields=("project",), name="halt_one_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="halt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("project",),
                name="halt_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(fields=("project", "need"), name="goal_need_once"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("sample", "position"), name="item_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("sample", "row"), name="item_drawn_once"),
        ),
    ]
