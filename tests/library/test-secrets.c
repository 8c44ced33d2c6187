/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against a real gnome-keyring on a bus of its own. */
#include "secrets-test.h"

static void
test_store_and_clear (void)
{
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(YjSecrets) later = yj_secrets_new ();
  g_autoptr(GError) error = NULL;

  assert_key (secrets, ORIGIN, NULL);
  g_assert_true (store (secrets, ORIGIN, KEY, &error));
  g_assert_no_error (error);
  assert_key (later, ORIGIN, KEY);
  assert_key (later, OTHER, NULL);
  g_assert_true (store (secrets, OTHER, "other-key", &error));
  g_assert_true (store (secrets, ORIGIN, "sk-test-key-0002", &error));
  assert_key (later, ORIGIN, "sk-test-key-0002");
  g_assert_true (clear (secrets, ORIGIN, &error));
  g_assert_no_error (error);
  assert_key (later, ORIGIN, NULL);
  assert_key (later, OTHER, "other-key");
  g_assert_true (clear (secrets, ORIGIN, &error));
  g_assert_true (clear (secrets, OTHER, &error));
}

static void
test_for_run (void)
{
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(YjSecrets) other = yj_secrets_new ();

  g_assert_true (store (secrets, ORIGIN, KEY, NULL));
  yj_secrets_set_for_run (secrets, ORIGIN, "for-this-run");
  assert_key (secrets, ORIGIN, "for-this-run");
  assert_key (other, ORIGIN, KEY);
  yj_secrets_set_for_run (secrets, ORIGIN, NULL);
  assert_key (secrets, ORIGIN, KEY);
  /* What is stored last counts. */
  yj_secrets_set_for_run (secrets, ORIGIN, "for-this-run");
  g_assert_true (store (secrets, ORIGIN, "stored-afterwards", NULL));
  assert_key (secrets, ORIGIN, "stored-afterwards");
  yj_secrets_set_for_run (secrets, ORIGIN, "for-this-run");
  g_assert_true (clear (secrets, ORIGIN, NULL));
  assert_key (secrets, ORIGIN, NULL);
}

/* Another program of the same person finds it under the attribute; nothing of it is readable on the disk. */
static void
test_where_it_lies (void)
{
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autofree char *found = NULL, *keyrings = NULL;
  g_autoptr(GDir) folder = NULL;
  g_autoptr(GError) error = NULL;
  const char *argv[] = { "secret-tool", "lookup", "origin", ORIGIN, NULL };
  const char *name;
  guint files = 0;

  g_assert_true (store (secrets, ORIGIN, KEY, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &found, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, KEY);

  keyrings = g_build_filename (g_get_home_dir (), ".local", "share", "keyrings", NULL);
  folder = g_dir_open (keyrings, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (keyrings, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_null (g_strstr_len (contents, length, KEY));
      files++;
    }
  g_assert_cmpuint (files, >, 0);
  g_assert_true (clear (secrets, ORIGIN, NULL));
}

static void
lock_keyring (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = NULL;
  const char * const paths[] = { "/org/freedesktop/secrets/collection/login", "/org/freedesktop/secrets/aliases/default", NULL };

  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                                        "Lock", g_variant_new ("(^ao)", paths), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* Locked, and nobody there to ask for the password: an error in time, not "there is none". */
static void
test_locked (void)
{
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(GError) error = NULL;
  char *key;

  g_assert_true (store (secrets, ORIGIN, KEY, NULL));
  lock_keyring ();
  key = look_up (secrets, ORIGIN, &error);
  g_assert_null (key);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  /* A key for this run helps all the same. */
  yj_secrets_set_for_run (secrets, ORIGIN, "for-this-run");
  assert_key (secrets, ORIGIN, "for-this-run");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secrets/store-and-clear", test_store_and_clear);
  g_test_add_func ("/secrets/for-run", test_for_run);
  g_test_add_func ("/secrets/where-it-lies", test_where_it_lies);
  g_test_add_func ("/secrets/locked", test_locked);

  return g_test_run ();
}
