/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static int
set_key (YjCli *cli)
{
  g_autoptr(YjSession) session = yj_cli_new_session (cli);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *key = yj_cli_read_key (cli, yj_session_get_base_url (session));

  if (key == NULL)
    return cli->interrupted ? YJ_EXIT_INTERRUPTED : YJ_EXIT_FAILED;
  yj_session_use_key_async (session, NULL, key, TRUE, cli->cancellable, yj_cli_take_result, &result);
  yj_secrets_free_key (key);
  yj_cli_wait_for (result != NULL);
  if (yj_session_use_key_finish (session, result, &error))
    {
      yj_cli_say (_("The key for %s is in the keyring."), yj_session_get_base_url (session));
      return YJ_EXIT_DONE;
    }
  if (cli->interrupted)
    return YJ_EXIT_INTERRUPTED;
  if (error->domain == YJ_ERROR)
    return yj_cli_misused ("%s", error->message);
  yj_cli_say ("yuanjing-cli: %s", error->message);
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? YJ_EXIT_INVALID : YJ_EXIT_FAILED;
}

static int
clear_key (YjCli *cli)
{
  g_autoptr(YjSession) session = yj_cli_new_session (cli);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_session_forget_key_async (session, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  if (!yj_session_forget_key_finish (session, result, &error))
    return yj_cli_fail (error);
  yj_cli_say (_("There is no key for %s in the keyring any more."), yj_session_get_base_url (session));
  return YJ_EXIT_DONE;
}

/* Enough to tell two keys apart and no more. */
static char *
make_hint (const char *key)
{
  return g_strconcat ("…", key + strlen (key) - 4, NULL);
}

static void
print_status (YjCli      *cli,
              const char *base_url,
              const char *place,
              const char *key)
{
  g_autofree char *hint = key != NULL ? make_hint (key) : NULL;

  if (cli->json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      yj_cli_add_string (builder, "base_url", base_url);
      yj_cli_add_string (builder, "place", place);
      yj_cli_add_string (builder, "key", hint);
      json_builder_end_object (builder);
      yj_cli_print_json (builder);
    }
  else if (place == NULL)
    yj_cli_print (_("There is no key for %s.\n"), base_url);
  else if (g_str_equal (place, "environment"))
    yj_cli_print (_("The key for %s comes from YUANJING_API_KEY and ends in %s.\n"), base_url, hint);
  else
    yj_cli_print (_("The key for %s lies in the keyring and ends in %s.\n"), base_url, hint);
}

static int
show_status (YjCli *cli)
{
  g_autoptr(YjSession) session = yj_cli_new_session (cli);
  const char *base_url = yj_session_get_base_url (session), *given = g_getenv ("YUANJING_API_KEY");
  g_autoptr(YjSecrets) secrets = yj_secrets_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *key = given != NULL ? yj_secrets_clean_key (given) : NULL;

  if (key != NULL)
    print_status (cli, base_url, "environment", key);
  else
    {
      yj_secrets_lookup_async (secrets, base_url, cli->cancellable, yj_cli_take_result, &result);
      yj_cli_wait_for (result != NULL);
      key = yj_secrets_lookup_finish (secrets, result, &error);
      if (error != NULL)
        return yj_cli_fail (error);
      print_status (cli, base_url, key != NULL ? "keyring" : NULL, key);
    }
  if (key == NULL)
    return YJ_EXIT_KEY;
  yj_secrets_free_key (key);
  return YJ_EXIT_DONE;
}

/**
 * yj_cli_key:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `key`, then `set`, `clear` or `status`
 *
 * Puts the key from standard input into the keyring, takes it out, or tells whether there is one (exit status 3: none).
 *
 * Returns: the exit status
 */
int
yj_cli_key (YjCli  *cli,
            int     argc,
            char  **argv)
{
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, NULL, "set | clear | status",
                     _("“set” reads the key from standard input and puts it into the keyring."), &status))
    return status;
  if (cli->sandbox)
    return yj_cli_misused (_("The sandbox makes its own key."));
  if (argc != 2)
    return yj_cli_misused (_("One of “set”, “clear” and “status” is needed."));
  if (g_str_equal (argv[1], "set"))
    return set_key (cli);
  if (g_str_equal (argv[1], "clear"))
    return clear_key (cli);
  if (g_str_equal (argv[1], "status"))
    return show_status (cli);
  return yj_cli_misused (_("“key %s” does not exist."), argv[1]);
}
