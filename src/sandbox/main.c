/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib-unix.h>
#include <gst/gst.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "yj-render.h"
#include "yj-sandbox-json.h"
#include "yj-sandbox-server.h"

static int       opt_port;
static char     *opt_key;
static double    opt_speed = 1;
static char    **opt_faults;
static gboolean  opt_exit_with_stdin;
static gboolean  opt_version;
static char     *opt_render;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &opt_port, "Listen on this port of 127.0.0.1 (default: a free one)", "N" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &opt_key, "Take this API key (default: a random one)", "KEY" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &opt_speed, "Send tokens and move jobs so many times faster (default: 1)", "X" },
  { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_faults, "Let something go wrong, see below; may be repeated", "FAULT" },
  { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &opt_exit_with_stdin, "End when standard input ends", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &opt_version, "Print the version", NULL },
  { "render", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &opt_render, NULL, NULL },
  { NULL }
};

/* ---- the renderer: a process of its own, so that the server answers and survives whatever a file does */

/* Ends with the process at the other side of standard input. */
static gpointer
watch_stdin_thread (gpointer user_data)
{
  char byte;

  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  _exit (1);
}

static int
render (const char *path)
{
  g_autoptr(YjRenderSpec) spec = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *video = NULL;
  g_autofree char *result = NULL;
  g_autofree char *path_of_result = NULL;

  g_thread_unref (g_thread_new ("stdin", watch_stdin_thread, NULL));
  gst_init (NULL, NULL);
  if (nice (5) == -1)
    g_debug ("Cannot be nice");
  if (g_file_get_contents (path, &json, NULL, &error))
    spec = yj_render_spec_from_json (json, &error);
  video = spec != NULL ? yj_render (spec, &error) : NULL;
  result = video != NULL ? g_strdup (video) : g_strconcat ("error: ", error->message, NULL);
  path_of_result = g_build_filename (spec != NULL ? spec->folder : ".", YJ_RENDER_RESULT, NULL);

  return g_file_set_contents_full (path_of_result, result, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL) ? 0 : 1;
}

/* ---- the server */

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int           fd,
          GIOCondition  condition,
          gpointer      user_data)
{
  char bytes[256];

  if (read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static int
serve (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(YjSandboxFaultList) faults = yj_sandbox_fault_list_new ();
  g_autoptr(YjSandboxServer) server = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;

  for (guint i = 0; opt_faults != NULL && opt_faults[i] != NULL; i++)
    if (!yj_sandbox_fault_list_add (faults, opt_faults[i], &error))
      {
        g_printerr ("yuanjing-sandbox: %s\n", error->message);
        return 2;
      }
  server = yj_sandbox_server_new (opt_key, opt_speed, faults);
  if (!yj_sandbox_server_listen (server, opt_port, &error))
    {
      g_printerr ("yuanjing-sandbox: %s\n", error->message);
      return 1;
    }

  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  signal (SIGPIPE, SIG_IGN);
  if (opt_exit_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);
  key = yj_sandbox_json_quote (yj_sandbox_server_get_key (server), FALSE);
  printf ("{\"base_url\":\"%s\",\"key\":%s}\n", yj_sandbox_server_get_base_url (server), key);
  fflush (stdout);
  g_main_loop_run (loop);
  yj_sandbox_server_stop (server);

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("– a local imitation of the platform, without AI");
  g_autofree char *description = yj_sandbox_fault_describe ();
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1 || !(opt_speed > 0) || opt_port < 0 || opt_port > 65535)
    {
      g_printerr ("yuanjing-sandbox: %s\n", error != NULL ? error->message : "See --help");
      return 2;
    }
  if (opt_version)
    {
      g_print ("%s\n", YJ_VERSION);
      return 0;
    }

  return opt_render != NULL ? render (opt_render) : serve ();
}
