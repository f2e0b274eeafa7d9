import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the first: Wagtail's own migrations need the user model before they make `Site`.
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name='NetworkMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField(blank=True, help_text='Vide tant que la demande n’est pas acceptée.', null=True, verbose_name='depuis le')),
                ('end', models.DateField(blank=True, help_text='Premier jour où cela ne vaut plus. Vide : sans fin prévue.', null=True, verbose_name='jusqu’au')),
                ('office', models.CharField(choices=[('none', 'membre'), ('editor', 'rédaction'), ('moderator', 'modération'), ('coordinator', 'coordination'), ('administrator', 'administration')], default='none', max_length=20, verbose_name='charge')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='wagtailcore.site', verbose_name='réseau')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='network_memberships', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'adhésion au réseau',
                'verbose_name_plural': 'adhésions au réseau',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.CheckConstraint(condition=models.Q(('end', None), models.Q(('end__gte', models.F('start')), ('start__isnull', False)), _connector='OR'), name='accounts_networkmembership_dates', violation_error_message='La fin ne peut pas précéder le début.'),
        ),
    ]
