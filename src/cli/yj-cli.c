/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the command line to a command, and the session that commands work with. */
#include "yj-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

typedef struct
{
  const char  *name;
  int        (*run) (YjCli  *cli,
                     int     argc,
                     char  **argv);
  const char  *summary;
} Command;

static const Command commands[] = {
  { "models", yj_cli_models, N_("List the models and what they take") },
  { "chat", yj_cli_chat, N_("Ask a language model") },
  { "create", yj_cli_create, N_("Make a video") },
  { "task", yj_cli_task, N_("Ask for a task, and fetch its video") },
  { "jobs", yj_cli_jobs, N_("List the jobs in the library") },
  { "key", yj_cli_key, N_("Set, clear or look at the API key") },
};

/* ---------------------------------------------------------------- parsing */

/**
 * yj_cli_misused:
 * @format: as for printf(), a whole sentence
 * @...: as for printf()
 *
 * Says what is wrong with the command line.
 *
 * Returns: %YJ_EXIT_USAGE
 */
int
yj_cli_misused (const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  yj_cli_say ("yuanjing-cli: %s", text);
  yj_cli_say (_("See “yuanjing-cli --help”."));
  return YJ_EXIT_USAGE;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-8s %s", commands[i].name, _(commands[i].summary));
  g_string_append (text, "\n\n");
  g_string_append (text, _("“yuanjing-cli COMMAND --help” tells of its options. The API key comes from YUANJING_API_KEY, from "
                           "the keyring, or is asked for on a terminal.\n\n"
                           "Exit status: 0 done, 1 other failure, 2 usage, 3 key refused, 4 no money left, 5 invalid request,\n"
                           "6 network, 7 the job failed, 8 it is not known whether the job was taken, 130 interrupted."));
  return g_string_free_and_steal (text);
}

static gboolean
parse (YjCli               *cli,
       GOptionContext      *context,
       const GOptionEntry  *entries,
       int                 *argc,
       char              ***argv,
       int                 *status)
{
  /* Texts are taken as bytes and must be UTF-8: the locale of a script may know nothing but ASCII. */
  const GOptionEntry common[] = {
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, &cli->sandbox, N_("Use a local sandbox: no account, no AI"), NULL },
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &cli->base_url, N_("Talk to the platform at URL"), N_("URL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print one JSON object per line"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *help = NULL;
  gboolean wants_help = FALSE;
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_("Show this help"), NULL },
    { NULL }
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *status = yj_cli_misused ("%s", error->message);
      return FALSE;
    }
  if (!wants_help)
    return TRUE;
  help = g_option_context_get_help (context, FALSE, NULL);
  yj_cli_print ("%s", help);
  *status = YJ_EXIT_DONE;
  return FALSE;
}

/**
 * yj_cli_parse:
 * @cli: the program
 * @argc: (inout): number of arguments
 * @argv: (inout): a command and its arguments; what is left is no option
 * @entries: (nullable): options of the command
 * @parameters: (nullable): what follows the options, for the help
 * @summary: (nullable): more help
 * @status: (out): what to exit with when %FALSE is returned
 *
 * Parses the options of a command, the common ones among them.
 *
 * Returns: whether the command is to go on
 */
gboolean
yj_cli_parse (YjCli              *cli,
              int                *argc,
              char             ***argv,
              const GOptionEntry *entries,
              const char         *parameters,
              const char         *summary,
              int                *status)
{
  g_autofree char *program = g_strdup_printf ("yuanjing-cli %s", (*argv)[0]);
  g_autoptr(GOptionContext) context = g_option_context_new (parameters);

  g_set_prgname (program);
  if (summary != NULL)
    g_option_context_set_summary (context, summary);
  return parse (cli, context, entries, argc, argv, status);
}

/* ---------------------------------------------------------------- waiting */

/**
 * yj_cli_take_result:
 * @object: (nullable): what was asked
 * @result: the result
 * @user_data: a `GAsyncResult **`
 *
 * Keeps the result for who waits for it with yj_cli_wait_for().
 */
void
yj_cli_take_result (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  YjCli *cli = user_data;

  /* Who is asked twice does not wait for a clean end; what counts is on disk. */
  if (cli->interrupted)
    _exit (YJ_EXIT_INTERRUPTED);
  cli->interrupted = TRUE;
  g_cancellable_cancel (cli->cancellable);
  return G_SOURCE_CONTINUE;
}

/* ---------------------------------------------------------------- the key */

static gboolean
readable_cb (int           fd,
             GIOCondition  condition,
             gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * yj_cli_read_input:
 * @cli: the program
 * @one_line: whether a line is enough; else up to its end
 *
 * Reads standard input, and lets go of it on Ctrl+C.
 *
 * Returns: (transfer full) (nullable): what came, without the end of @one_line; %NULL when it was interrupted or
 *   cannot be read
 */
char *
yj_cli_read_input (YjCli    *cli,
                   gboolean  one_line)
{
  GString *text = g_string_new (NULL);
  char block[4096];
  ssize_t n = 1;

  while (n > 0 && !(one_line && strchr (text->str, '\n') != NULL))
    {
      gboolean ready = FALSE;
      guint source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, &ready);

      yj_cli_wait_for (ready || cli->interrupted);
      if (!ready)
        g_source_remove (source);
      n = ready ? read (STDIN_FILENO, block, sizeof block) : -1;
      if (n > 0)
        g_string_append_len (text, block, n);
    }
  explicit_bzero (block, sizeof block);
  if (one_line)
    text->str[strcspn (text->str, "\r\n")] = '\0';
  return g_string_free (text, n < 0);
}

/**
 * yj_cli_read_key:
 * @cli: the program
 * @base_url: whose key
 *
 * Reads a key from standard input: from a terminal unseen and after a question, else the first line.
 *
 * Returns: (transfer full) (nullable): what came, to be freed with yj_secrets_free_key()
 */
char *
yj_cli_read_key (YjCli      *cli,
                 const char *base_url)
{
  struct termios seen, unseen;
  gboolean terminal = tcgetattr (STDIN_FILENO, &seen) == 0;
  char *key;

  if (terminal)
    {
      /* translators: %s is an address */
      fprintf (stderr, _("API key for %s: "), base_url);
      fflush (stderr);
      unseen = seen;
      unseen.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
    }
  key = yj_cli_read_input (cli, TRUE);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &seen);
      fputc ('\n', stderr);
    }
  return key;
}

static int
ask_for_key (YjCli *cli)
{
  const char *base_url = yj_session_get_base_url (cli->session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL, key_error = NULL;
  char *key;

  g_object_get (cli->session, "key-error", &key_error, NULL);
  if (key_error != NULL && key_error->domain == YJ_ERROR)
    return yj_cli_misused ("%s", key_error->message);
  if (key_error != NULL)
    yj_cli_say (_("The keyring gives no key: %s"), key_error->message);
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      yj_cli_say (_("yuanjing-cli: There is no API key for %s. Set YUANJING_API_KEY, run “yuanjing-cli key set”, or try “--sandbox”."),
                  base_url);
      return YJ_EXIT_KEY;
    }

  key = yj_cli_read_key (cli, base_url);
  if (key == NULL)
    return cli->interrupted ? YJ_EXIT_INTERRUPTED : YJ_EXIT_KEY;
  yj_session_use_key_async (cli->session, base_url, key, FALSE, NULL, yj_cli_take_result, &result);
  yj_secrets_free_key (key);
  yj_cli_wait_for (result != NULL);
  if (yj_session_use_key_finish (cli->session, result, &error))
    return YJ_EXIT_DONE;
  yj_cli_say ("yuanjing-cli: %s", error->message);
  return YJ_EXIT_KEY;
}

/* ---------------------------------------------------------------- the session */

/**
 * yj_cli_new_settings:
 * @key: the name of a setting
 *
 * Returns: (transfer full) (nullable): what the person set in the window; %NULL where no schema with that key is installed
 */
GSettings *
yj_cli_new_settings (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, YJ_APP_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * yj_cli_new_session:
 * @cli: the program
 *
 * Returns: (transfer full): a session at the address that was given or is stored, not opened
 */
YjSession *
yj_cli_new_session (YjCli *cli)
{
  g_autoptr(GSettings) settings = yj_cli_new_settings ("base-url");
  g_autofree char *stored = settings != NULL ? g_settings_get_string (settings, "base-url") : NULL;

  return yj_session_new (cli->base_url, stored);
}

static gboolean
start_sandbox (YjCli   *cli,
               GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_session_start_sandbox_async (cli->session, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  if (!yj_session_start_sandbox_finish (cli->session, result, error))
    return FALSE;
  yj_cli_say (_("This is a local sandbox. No AI is at work: it only imitates the platform."));
  return TRUE;
}

/**
 * yj_cli_open:
 * @cli: the program
 * @drive_jobs: whether jobs that are found go on
 *
 * Opens the session, on the sandbox when that was asked for.
 *
 * Returns: %YJ_EXIT_DONE, or what to exit with after it was said why
 */
int
yj_cli_open (YjCli    *cli,
             gboolean  drive_jobs)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL, catalog_error = NULL;

  cli->session = yj_cli_new_session (cli);
  /* First, so that no keyring is asked. */
  if (cli->sandbox && !start_sandbox (cli, &error))
    return yj_cli_fail (error);

  yj_session_open_async (cli->session, drive_jobs, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  if (!yj_session_open_finish (cli->session, result, &error))
    return yj_cli_fail (error);
  g_object_get (cli->session, "catalog-error", &catalog_error, NULL);
  if (catalog_error != NULL)
    yj_cli_say (_("Your own models.json is not used: %s"), catalog_error->message);
  return YJ_EXIT_DONE;
}

/**
 * yj_cli_open_platform:
 * @cli: the program
 * @drive_jobs: whether jobs that are found go on
 *
 * Opens the session and sees to it that there is a platform to ask.
 *
 * Returns: %YJ_EXIT_DONE, or what to exit with after it was said why
 */
int
yj_cli_open_platform (YjCli    *cli,
                      gboolean  drive_jobs)
{
  int status = yj_cli_open (cli, drive_jobs);

  if (status != YJ_EXIT_DONE || yj_session_get_platform (cli->session) != NULL)
    return status;
  return ask_for_key (cli);
}

static void
close_session (YjCli *cli)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (cli->session == NULL)
    return;
  yj_session_close_async (cli->session, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  if (!yj_session_close_finish (cli->session, result, &error))
    yj_cli_fail (error);
  g_clear_object (&cli->session);
}

/* ---------------------------------------------------------------- all of it */

static int
run_command (YjCli  *cli,
             int     argc,
             char  **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[0], commands[i].name))
      return commands[i].run (cli, argc, argv);
  return yj_cli_misused (_("There is no command “%s”."), argv[0]);
}

/**
 * yj_cli_run:
 * @argc: number of arguments
 * @argv: the program's name and arguments
 *
 * Runs a command, from the parsing of its options to the closing of the library.
 *
 * Returns: the exit status
 */
int
yj_cli_run (int    argc,
            char **argv)
{
  g_autofree char *help = describe_commands ();
  g_autoptr(GOptionContext) context = g_option_context_new (_("COMMAND [OPTION…]"));
  YjCli cli = { .cancellable = g_cancellable_new () };
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { NULL }
  };
  int status = YJ_EXIT_DONE;

  g_set_prgname ("yuanjing-cli");
  g_unix_signal_add (SIGINT, interrupt_cb, &cli);
  g_unix_signal_add (SIGTERM, interrupt_cb, &cli);
  g_option_context_set_summary (context, help);
  /* What follows the command is the command's. */
  g_option_context_set_strict_posix (context, TRUE);
  if (parse (&cli, context, entries, &argc, &argv, &status))
    {
      if (version)
        yj_cli_print ("yuanjing-cli %s\n", YJ_VERSION);
      else if (argc < 2)
        status = yj_cli_misused (_("A command is missing."));
      else
        status = run_command (&cli, argc - 1, argv + 1);
    }

  close_session (&cli);
  g_clear_object (&cli.cancellable);
  g_free (cli.base_url);
  return status;
}
