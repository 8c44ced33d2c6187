/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where there is no keyring, or one that hangs; and what a key looks like. */
#include "secrets-test.h"

static void
test_clean (void)
{
  static const struct { const char *typed, *key; } cases[] = {
    { "sk-12345", "sk-12345" },
    { "  \tsk-12345\r\n", "sk-12345" },
    { "sk-1234", NULL },
    { "", NULL },
    { "   ", NULL },
    { "sk-12345 67890", NULL },
    { "sk-12345\r\nX-Evil: 1", NULL },
    { "sk-１２３４５", NULL },
    { "sk-12345\x7f", NULL },
    { "!~!~!~!~", "!~!~!~!~" },
  };
  g_autofree char *longest = g_strnfill (512, 'k');
  g_autofree char *too_long = g_strnfill (513, 'k');
  char *key;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      key = yj_secrets_clean_key (cases[i].typed);
      g_assert_cmpstr (key, ==, cases[i].key);
      yj_secrets_free_key (key);
    }
  key = yj_secrets_clean_key (longest);
  g_assert_cmpstr (key, ==, longest);
  yj_secrets_free_key (key);
  g_assert_null (yj_secrets_clean_key (too_long));
}

static void
assert_fails_within (gint64 seconds)
{
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(GError) error = NULL, store_error = NULL, clear_error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (look_up (secrets, ORIGIN, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpint (g_get_monotonic_time () - start, <, seconds * G_USEC_PER_SEC);
  g_assert_false (store (secrets, ORIGIN, KEY, &store_error));
  g_assert_nonnull (store_error);
  yj_secrets_set_for_run (secrets, ORIGIN, KEY);
  assert_key (secrets, ORIGIN, KEY);
  /* Forgotten at once, whatever the keyring says. */
  g_assert_false (clear (secrets, ORIGIN, &clear_error));
  g_assert_nonnull (clear_error);
  g_assert_null (look_up (secrets, ORIGIN, NULL));
}

static void
test_nobody_there (void)
{
  assert_fails_within (5);
}

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage    *message,
         gboolean         incoming,
         gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                                        G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                        G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                                        NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
test_hangs (gconstpointer data)
{
  g_autoptr(GDBusConnection) service = connect_to ((GTestDBus *) data);
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL, cancelled = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  gint64 start = g_get_monotonic_time ();

  g_dbus_connection_add_filter (service, swallow, NULL, NULL);
  answer = g_dbus_connection_call_sync (service, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  g_assert_null (look_up (secrets, ORIGIN, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);

  /* And who does not want to wait even that long need not. */
  start = g_get_monotonic_time ();
  yj_secrets_lookup_async (secrets, ORIGIN, cancellable, yj_test_take_result, &result);
  g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  g_assert_null (yj_secrets_lookup_finish (secrets, result, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  /* Ends with this process: libsecret keeps its connection, so that there is no taking it down in order. */
  static GTestDBus *bus;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* A bus without services: nothing of the person's own is asked. */
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);

  g_test_add_func ("/no-secrets/clean", test_clean);
  g_test_add_func ("/no-secrets/nobody-there", test_nobody_there);
  g_test_add_data_func ("/no-secrets/hangs", bus, test_hangs);

  return g_test_run ();
}
