import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bidding', '0001_initial'),
        ('foundation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_at', models.DateTimeField(verbose_name='checked')),
                ('transfers', models.BigIntegerField(verbose_name='transfers')),
                ('accounts', models.BigIntegerField(verbose_name='accounts')),
                ('faults', models.JSONField(default=list, verbose_name='faults')),
            ],
            options={
                'verbose_name': 'check of the books',
                'verbose_name_plural': 'checks of the books',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AllocationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(max_length=20, verbose_name='policy')),
                ('inputs', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('computed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('confirmed', 'confirmed'), ('set_aside', 'set aside')], db_index=True, default='proposed', editable=False, max_length=20, verbose_name='state')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='bidding.call')),
                ('computed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'allocation run',
                'verbose_name_plural': 'allocation runs',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('decided_at', models.DateTimeField()),
                ('activated_at', models.DateTimeField(blank=True, null=True, verbose_name='stands since')),
                ('reason', models.TextField(blank=True, verbose_name='why it ended')),
                ('state', models.CharField(choices=[('pending', 'on notice'), ('active', 'stands'), ('contracted', 'under agreement'), ('cancelled', 'cancelled'), ('declined', 'declined')], db_index=True, default='pending', editable=False, max_length=20, verbose_name='state')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards_bought', to='foundation.organisation')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='bidding.notice')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='bidding.proposal')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='marketplace.allocationrun')),
            ],
            options={
                'verbose_name': 'award',
                'verbose_name_plural': 'awards',
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='number')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('terms', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('drawn_up_at', models.DateTimeField()),
                ('offered_at', models.DateTimeField(blank=True, null=True)),
                ('sign_until', models.DateField(blank=True, null=True, verbose_name='to be signed by')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='in force since')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('offered', 'out for signature'), ('signed', 'signed, in force'), ('refused', 'signature refused'), ('completed', 'completed'), ('terminated', 'terminated')], db_index=True, default='draft', editable=False, max_length=20, verbose_name='state')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.document')),
                ('drawn_up_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('award', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='marketplace.award')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=120, verbose_name='account holder')),
                ('bank', models.CharField(max_length=120, verbose_name='bank and branch')),
                ('number', models.CharField(max_length=34, verbose_name='account number')),
                ('stated_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='foundation.organisation')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bank account',
                'verbose_name_plural': 'bank accounts',
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('currency', models.CharField(default='CNY', max_length=3, verbose_name='currency')),
                ('lapsed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='lapsed')),
                ('successor', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='marketplace.fund', verbose_name='carried over to')),
            ],
            options={
                'verbose_name': 'fund',
                'verbose_name_plural': 'funds',
                'ordering': ['-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('bank_reference', models.CharField(max_length=60, unique=True, verbose_name='bank reference')),
                ('received_on', models.DateField(verbose_name='received')),
                ('entered_at', models.DateTimeField()),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='foundation.organisation')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deposits', to='marketplace.fund')),
            ],
            options={
                'verbose_name': 'deposit',
                'verbose_name_plural': 'deposits',
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('made_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('made', 'made'), ('approved', 'approved'), ('sent', 'sent to the bank'), ('confirmed', 'confirmed'), ('cancelled', 'cancelled')], db_index=True, default='made', editable=False, max_length=20, verbose_name='state')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.document')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='marketplace.fund')),
            ],
            options={
                'verbose_name': 'payout batch',
                'verbose_name_plural': 'payout batches',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='award',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='marketplace.fund'),
        ),
        migrations.AddField(
            model_name='allocationrun',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='marketplace.fund'),
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=120, unique=True, verbose_name='code')),
                ('place', models.CharField(choices=[('authority', 'appropriating authority'), ('available', 'fund, available'), ('buyer', 'allocated to a union'), ('own', "a union's own money"), ('reserved', 'reserved for an award'), ('encumbered', 'bound by an agreement'), ('payable', 'owed to an organisation'), ('paid', 'paid out'), ('clearing', 'deposits arriving'), ('receivable', 'to be given back by an organisation'), ('shortfall', "a union's charged-back deposit"), ('carried', 'carried over between funds')], max_length=12, verbose_name='kind of account')),
                ('currency', models.CharField(default='CNY', max_length=3, verbose_name='currency')),
                ('debits', models.BigIntegerField(default=0, verbose_name='went out, in fen')),
                ('credits', models.BigIntegerField(default=0, verbose_name='came in, in fen')),
                ('last_transfer', models.BigIntegerField(default=0, editable=False, verbose_name='newest transfer counted in')),
                ('no_overdraft', models.BooleanField(default=True, verbose_name='may not go below zero')),
                ('closed', models.BooleanField(default=False, verbose_name='closed')),
                ('closed_until', models.DateField(blank=True, editable=False, null=True, verbose_name='books closed up to')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.organisation', verbose_name='organisation')),
                ('pocket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='marketplace.account', verbose_name='pocket its money came from')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='marketplace.fund')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('shown_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='foundation.organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='bidding.proposal')),
                ('shown_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'interest',
                'verbose_name_plural': 'interests',
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='invoice code')),
                ('number', models.CharField(max_length=30, verbose_name='invoice number')),
                ('issued_on', models.DateField(verbose_name='issued')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('seller_uscc', models.CharField(max_length=18, verbose_name="seller's credit code")),
                ('entered_at', models.DateTimeField()),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.document')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'invoice',
                'verbose_name_plural': 'invoices',
            },
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, verbose_name='key')),
                ('digest', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('appropriate', 'appropriation'), ('lapse', 'return to the authority'), ('allocate', 'budget given'), ('unallocate', 'budget taken back'), ('pass_on', 'budget passed on down the tree'), ('take_back', 'budget taken back up the tree'), ('receive', 'own money received'), ('reserve', 'reserved for an award'), ('release', 'reservation released'), ('encumber', 'bound by an agreement'), ('unencumber', 'returned unspent'), ('expend', 'owed for delivery'), ('pay', 'paid out'), ('refund', 'own money refunded'), ('charge_back', 'deposit charged back'), ('claim', 'claimed back'), ('waive', 'claim given up'), ('recover', 'came back from an organisation'), ('carry_over', 'carried over to the next fund'), ('reverse', 'undone')], max_length=30, verbose_name='kind')),
                ('reference', models.CharField(max_length=60, verbose_name='reference')),
                ('memo', models.CharField(blank=True, max_length=200, verbose_name='memo')),
                ('facts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('effective_on', models.DateField(verbose_name='effective')),
                ('created_at', models.DateTimeField(verbose_name='posted')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='marketplace.journal')),
            ],
            options={
                'verbose_name': 'journal',
                'verbose_name_plural': 'journals',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('buyer', 'buyer'), ('provider', 'provider')], max_length=10, verbose_name='side')),
                ('signed_name', models.CharField(blank=True, max_length=80, verbose_name='signed as')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed')),
                ('signed_sha256', models.CharField(blank=True, max_length=64)),
                ('refused_reason', models.CharField(blank=True, max_length=300, verbose_name='why it was refused')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='marketplace.agreement')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.organisation')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Payable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60, unique=True, verbose_name='reference')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('due_on', models.DateField(verbose_name='due')),
                ('created_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('owed', 'owed'), ('invoiced', 'invoice received'), ('batched', 'in a batch'), ('paid', 'paid')], db_index=True, default='owed', editable=False, max_length=20, verbose_name='state')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payables', to='marketplace.fund')),
                ('invoice', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payable', to='marketplace.invoice')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payables', to='foundation.organisation')),
            ],
            options={
                'verbose_name': 'payable',
                'verbose_name_plural': 'payables',
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('result', models.CharField(choices=[('waiting', 'waiting'), ('paid', 'paid'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='result')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what the bank said')),
                ('settled_at', models.DateTimeField(null=True)),
                ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='marketplace.bankaccount')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='marketplace.batch')),
                ('payable', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='marketplace.payable')),
            ],
            options={
                'verbose_name': 'payout',
                'verbose_name_plural': 'payouts',
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('money', models.CharField(choices=[('allocated', 'allocated to us'), ('own', 'our own money')], max_length=10, verbose_name='which money')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('promised_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('promised', 'promised'), ('withdrawn', 'withdrawn'), ('used', 'used in an award'), ('released', 'not needed')], db_index=True, default='promised', editable=False, max_length=20, verbose_name='state')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='foundation.organisation')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='marketplace.fund')),
                ('promised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='bidding.proposal')),
            ],
            options={
                'verbose_name': 'pledge',
                'verbose_name_plural': 'pledges',
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pocket', models.CharField(blank=True, max_length=120, verbose_name='pocket')),
                ('amount_fen', models.BigIntegerField(default=0, verbose_name='amount')),
                ('reason', models.CharField(blank=True, choices=[('ceiling', 'the ceiling for one proposal'), ('lot', 'what was left of the lot'), ('money', 'the money that could be had')], max_length=10, verbose_name='why not')),
                ('have_fen', models.BigIntegerField(default=0, verbose_name='could be had')),
                ('needed_fen', models.BigIntegerField(default=0, verbose_name='at least needed')),
                ('buyer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='foundation.organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='bidding.proposal')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='marketplace.allocationrun')),
                ('pledge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='marketplace.pledge')),
            ],
            options={
                'verbose_name': 'match',
                'verbose_name_plural': 'matches',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='number')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='in a few words')),
                ('year', models.PositiveSmallIntegerField(db_index=True, verbose_name='year')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('headcount', models.PositiveIntegerField(verbose_name='people promised')),
                ('served', models.PositiveIntegerField(default=0, verbose_name='people served')),
                ('starts_on', models.DateField(verbose_name='begins')),
                ('ends_on', models.DateField(verbose_name='ends')),
                ('started_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('score_hundredths', models.PositiveIntegerField(blank=True, null=True, verbose_name='final score')),
                ('grade', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B'), ('C', 'C')], max_length=1, verbose_name='grade')),
                ('lessons', models.TextField(blank=True, verbose_name='what was learnt')),
                ('ended_reason', models.TextField(blank=True, verbose_name='why it was broken off')),
                ('state', models.CharField(choices=[('running', 'running'), ('closed', 'closed'), ('terminated', 'terminated')], db_index=True, default='running', editable=False, max_length=20, verbose_name='state')),
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project', to='marketplace.agreement')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects_bought', to='foundation.organisation')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='bidding.category')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('districts', models.ManyToManyField(blank=True, related_name='projects', to='foundation.district')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='foundation.organisation')),
            ],
            options={
                'verbose_name': 'project',
                'verbose_name_plural': 'projects',
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('title', models.CharField(max_length=120, verbose_name='milestone')),
                ('measure', models.CharField(blank=True, max_length=200, verbose_name='how one sees it is done')),
                ('due_on', models.DateField(verbose_name='due')),
                ('gate', models.CharField(blank=True, choices=[('signing', 'signing'), ('midterm', 'mid-term accepted'), ('final', 'final accepted')], max_length=10, verbose_name='opens the tranche')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('reported', 'reported'), ('returned', 'returned'), ('accepted', 'accepted'), ('dropped', 'dropped')], db_index=True, default='planned', editable=False, max_length=20, verbose_name='state')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='marketplace.project')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='what was done')),
                ('served', models.PositiveIntegerField(default=0, verbose_name='people served')),
                ('spent_fen', models.BigIntegerField(default=0, verbose_name='money spent')),
                ('reported_at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('waiting', 'waiting'), ('accepted', 'accepted'), ('returned', 'returned')], default='waiting', max_length=10, verbose_name='verdict')),
                ('remark', models.TextField(blank=True, verbose_name="the buyer's remark")),
                ('judged_at', models.DateTimeField(null=True)),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='marketplace.milestone')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('caption', models.CharField(max_length=160, verbose_name='what it shows')),
                ('public', models.BooleanField(default=False, verbose_name='may be shown to everybody')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.document')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='marketplace.report')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('pocket', models.CharField(max_length=120, verbose_name='pocket')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='marketplace.award')),
                ('buyer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='foundation.organisation')),
                ('pledge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='marketplace.pledge')),
            ],
            options={
                'verbose_name': 'share',
                'verbose_name_plural': 'shares',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='tranche')),
                ('gate', models.CharField(choices=[('signing', 'signing'), ('midterm', 'mid-term accepted'), ('final', 'final accepted')], max_length=10, verbose_name='owed after')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('spent_fen', models.BigIntegerField(default=0, verbose_name='owed in the end')),
                ('state', models.CharField(choices=[('waiting', 'waiting for its gate'), ('due', 'owed'), ('returned', 'returned unspent')], db_index=True, default='waiting', editable=False, max_length=20, verbose_name='state')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tranches', to='marketplace.agreement')),
            ],
            options={
                'verbose_name': 'tranche',
                'verbose_name_plural': 'tranches',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount in fen')),
                ('credit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_in', to='marketplace.account')),
                ('debit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_out', to='marketplace.account')),
                ('journal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='marketplace.journal')),
            ],
            options={
                'verbose_name': 'transfer',
                'verbose_name_plural': 'transfers',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField(verbose_name='closed up to')),
                ('closed_at', models.DateTimeField(verbose_name='closed')),
                ('last_transfer', models.BigIntegerField(verbose_name='newest transfer at that moment')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='marketplace.fund')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.verification', verbose_name='check of the books')),
            ],
            options={
                'verbose_name': 'closed period',
                'verbose_name_plural': 'closed periods',
                'ordering': ['-ends_on'],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['completed', 'draft', 'offered', 'refused', 'signed', 'terminated'])), name='agreement_state_known'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='agreement_positive'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('organisation',), name='bank_account_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__lt', models.F('ends_on'))), name='fund_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='fund',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), models.Q(('lapsed_on__isnull', False), models.Q(('successor', models.F('id')), _negated=True)), _connector='OR'), name='fund_carried_when_lapsed'),
        ),
        migrations.AddConstraint(
            model_name='deposit',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='deposit_positive'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['approved', 'cancelled', 'confirmed', 'made', 'sent'])), name='batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='batch_two_people'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'sent', 'confirmed']), _negated=True), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='batch_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sent', 'confirmed']), _negated=True), models.Q(('document__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='batch_sent_as_file'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'cancelled', 'contracted', 'declined', 'pending'])), name='award_state_known'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='award_positive'),
        ),
        migrations.AddConstraint(
            model_name='allocationrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'proposed', 'set_aside'])), name='run_state_known'),
        ),
        migrations.AddConstraint(
            model_name='allocationrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('call',), name='run_one_confirmed_per_call'),
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(fields=['fund', 'place'], name='account_by_place'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('no_overdraft', False), ('debits__lte', models.F('credits')), _connector='OR'), name='account_no_overdraft'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('credits__gte', 0), ('debits__gte', 0)), name='account_sums_positive'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('place__in', ['authority', 'available', 'buyer', 'carried', 'clearing', 'encumbered', 'own', 'paid', 'payable', 'receivable', 'reserved', 'shortfall'])), name='account_place_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', 'shortfall'), _negated=True), ('credits__lte', models.F('debits')), _connector='OR'), name='account_never_above'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.UniqueConstraint(fields=('buyer', 'proposal'), name='interest_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(fields=('seller_uscc', 'code', 'number'), name='invoice_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='invoice_positive'),
        ),
        migrations.AddIndex(
            model_name='journal',
            index=models.Index(fields=['reference'], name='journal_by_reference'),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.UniqueConstraint(fields=('key',), name='journal_key_once'),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['allocate', 'appropriate', 'carry_over', 'charge_back', 'claim', 'encumber', 'expend', 'lapse', 'pass_on', 'pay', 'receive', 'recover', 'refund', 'release', 'reserve', 'reverse', 'take_back', 'unallocate', 'unencumber', 'waive'])), name='journal_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('agreement', 'side'), name='party_side_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='party_signed_whole'),
        ),
        migrations.AddConstraint(
            model_name='payable',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['batched', 'invoiced', 'owed', 'paid'])), name='payable_state_known'),
        ),
        migrations.AddConstraint(
            model_name='payable',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payable_positive'),
        ),
        migrations.AddConstraint(
            model_name='payable',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'owed'), ('invoice__isnull', False), _connector='OR'), name='payable_invoiced_first'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.UniqueConstraint(condition=models.Q(('result', 'failed'), _negated=True), fields=('payable',), name='payout_one_alive_per_payable'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payout_positive'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'waiting'), ('settled_at', None)), models.Q(('result__in', ['paid', 'failed']), ('settled_at__isnull', False)), _connector='OR'), name='payout_settled_whole'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['promised', 'released', 'used', 'withdrawn'])), name='pledge_state_known'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'promised')), fields=('buyer', 'proposal', 'money'), name='pledge_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='pledge_positive'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen', 0), ('pocket', '')), models.Q(('amount_fen__gt', 0), models.Q(('pocket', ''), _negated=True)), _connector='OR'), name='match_money_has_pocket'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='match_refusal_has_reason'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['-year', '-id'], name='project_newest'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['category', '-year', '-id'], name='project_by_category'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['closed', 'running', 'terminated'])), name='project_state_known'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('score_hundredths__isnull', False), models.Q(('grade', ''), _negated=True)), _connector='OR'), name='project_closed_with_grade'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('score_hundredths', None), ('score_hundredths__lte', 10000), _connector='OR'), name='project_score_0_to_100'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'terminated'), _negated=True), models.Q(('ended_reason', ''), _negated=True), _connector='OR'), name='project_broken_off_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'dropped', 'planned', 'reported', 'returned'])), name='milestone_state_known'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('project', 'position'), name='milestone_position_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', 'waiting')), fields=('milestone',), name='report_one_waiting'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'returned'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='report_return_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('award', 'pocket'), name='share_pocket_once'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='share_positive'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['due', 'returned', 'waiting'])), name='tranche_state_known'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.UniqueConstraint(fields=('agreement', 'position'), name='tranche_position_once'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.UniqueConstraint(fields=('agreement', 'gate'), name='tranche_gate_once'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('spent_fen__gte', 0), ('spent_fen__lte', models.F('amount_fen'))), name='tranche_within_amount'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['debit', '-id'], name='transfer_out_newest'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['credit', '-id'], name='transfer_in_newest'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('amount_fen__lte', 9007199254740992)), name='transfer_positive'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='transfer_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(fields=('fund', 'ends_on'), name='period_closed_once'),
        ),
    ]
