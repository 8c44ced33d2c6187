/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-application"

#include "yj-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gst/gst.h>

#include "yj-about.h"
#include "yj-background.h"
#include "yj-closing.h"
#include "yj-console.h"
#include "yj-job-notices.h"
#include "yj-long-toast.h"
#include "yj-outside.h"
#include "yj-preferences.h"
#include "yj-shortcuts-dialog.h"
#include "yj-usage-dialog.h"
#include "yj-videos-group.h"
#include "yj-window.h"

struct _YjApplication
{
  AdwApplication  parent_instance;

  GSettings      *settings;
  YjSession      *session;
  gboolean        opening;
  gboolean        open;
  GListStore     *files;             /* to attach once the session is open, or NULL */
  gboolean        closed;            /* the session is let go; nothing is to be asked of it any more */
  YjJobNotices   *notices;
  YjOutside      *outside;
  guint           inhibit_cookie;    /* while bytes move */
  gboolean        staying;           /* held without a window, until the jobs have ended */
  gulong          active_id;
  guint           leave_id;
  gboolean        sandbox;           /* asked for on the command line */
  gboolean        sandbox_if_no_key;
  guint           term_id;
  guint           int_id;
};

G_DEFINE_FINAL_TYPE (YjApplication, yj_application, ADW_TYPE_APPLICATION)

static YjWindow *
get_window (YjApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (YJ_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/* ---- the session, from opening to closing */

static void
job_changed_cb (YjApplication *self,
                YjJob         *job)
{
  YjWindow *window = get_window (self);

  if (window != NULL)
    yj_window_job_changed (window, job);
}

static void
job_ended_cb (YjApplication *self,
              YjJob         *job)
{
  YjWindow *window = get_window (self);

  if (window != NULL)
    yj_window_job_ended (window, job);
  if (window == NULL || !gtk_window_is_active (GTK_WINDOW (window)))
    yj_job_notices_add (self->notices, job);
}

static void
window_active_cb (YjApplication *self,
                  GParamSpec    *pspec,
                  GtkWindow     *window)
{
  if (gtk_window_is_active (window))
    yj_job_notices_seen (self->notices);
}

/* A machine that falls asleep breaks what is being sent, and then nobody knows whether it arrived. */
static void
moving_cb (YjApplication *self)
{
  GtkWindow *window = (GtkWindow *) get_window (self);
  gboolean moving = !self->closed && (yj_job_queue_get_moving (yj_session_get_queue (self->session)) > 0 ||
                                      yj_videos_move_get_running (yj_session_get_videos_move (self->session)));

  if (moving && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (GTK_APPLICATION (self), window,
                                                    GTK_APPLICATION_INHIBIT_SUSPEND, _("A video is on its way"));
  else if (!moving && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (GTK_APPLICATION (self), self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

/* Preferences, where it was asked for, says it while they are open. */
static void
videos_moved_cb (YjApplication *self,
                 const GError  *error)
{
  YjWindow *window = get_window (self);
  g_autofree char *text = yj_videos_text_dup (error);

  if (text != NULL && window != NULL && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
    yj_window_add_toast (window, yj_long_toast_new (text));
}

static void
attach_files (YjApplication *self)
{
  YjWindow *window = get_window (self);

  if (!self->open || window == NULL || self->files == NULL)
    return;
  yj_window_add_files (window, G_LIST_MODEL (self->files));
  g_clear_object (&self->files);
}

static void
set_open (YjApplication *self,
          const GError  *error)
{
  YjWindow *window = get_window (self);

  self->opening = FALSE;
  self->open = error == NULL;
  if (window != NULL)
    yj_window_set_open (window, error);
  attach_files (self);
  yj_outside_run (self->outside);
}

static void
sandbox_started_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(YjApplication) self = user_data;
  g_autoptr(GError) error = NULL;
  YjWindow *window;

  g_application_release (G_APPLICATION (self));
  yj_session_start_sandbox_finish (YJ_SESSION (object), result, &error);
  if (self->closed)
    return;
  if (!self->open)
    set_open (self, NULL);
  window = get_window (self);
  if (error != NULL && window != NULL)
    yj_window_show_error (window, error);
}

static void
start_sandbox (YjApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  yj_session_start_sandbox_async (self->session, NULL, sandbox_started_cb, g_object_ref (self));
}

static gboolean
wants_sandbox (YjApplication *self)
{
  if (yj_session_get_sandbox (self->session))
    return FALSE;
  if (self->sandbox)
    return TRUE;

  return yj_session_get_platform (self->session) == NULL &&
         (self->sandbox_if_no_key || g_settings_get_boolean (self->settings, "sandbox"));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjApplication) self = user_data;
  g_autoptr(GError) error = NULL;

  g_application_release (G_APPLICATION (self));
  if (!yj_session_open_finish (YJ_SESSION (object), result, &error))
    {
      set_open (self, error);
      return;
    }
  g_settings_bind (self->settings, "remove-camera-facts", yj_session_get_queue (self->session), "keep-camera-facts",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  g_signal_connect_object (yj_session_get_queue (self->session), "job-ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_session_get_queue (self->session), "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_session_get_queue (self->session), "notify::moving", G_CALLBACK (moving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_session_get_videos_move (self->session), "notify::running", G_CALLBACK (moving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_session_get_videos_move (self->session), "ended", G_CALLBACK (videos_moved_cb), self, G_CONNECT_SWAPPED);
  moving_cb (self);
  if (wants_sandbox (self))
    start_sandbox (self);
  else
    set_open (self, NULL);
}

static void
open_session (YjApplication *self)
{
  if (self->opening || self->open)
    return;

  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  yj_session_open_async (self->session, TRUE, NULL, opened_cb, g_object_ref (self));
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjApplication) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!yj_session_close_finish (YJ_SESSION (object), result, &error))
    g_warning ("The library was not closed well: %s", error->message);
  self->open = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
close_session (YjApplication *self)
{
  if (!self->open || self->closed)
    return;

  self->closed = TRUE;
  g_application_hold (G_APPLICATION (self));
  yj_session_close_async (self->session, closed_cb, g_object_ref (self));
}

/* ---- without a window, as long as jobs are under way, where the person wants it so */

#define LEAVE_AFTER 5           /* s: what has ended is still to be told, with its picture */

static void
end_stay (YjApplication *self)
{
  g_clear_handle_id (&self->leave_id, g_source_remove);
  if (!self->staying)
    return;
  self->staying = FALSE;
  g_clear_signal_handler (&self->active_id, yj_session_get_queue (self->session));
  g_application_release (G_APPLICATION (self));
}

static gboolean
leave_cb (gpointer user_data)
{
  YjApplication *self = user_data;

  self->leave_id = 0;
  yj_job_notices_flush (self->notices);
  close_session (self);
  end_stay (self);
  return G_SOURCE_REMOVE;
}

static void
active_cb (YjApplication *self)
{
  guint n = yj_job_queue_get_active (yj_session_get_queue (self->session));
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->leave_id, g_source_remove);
  if (n == 0)
    {
      self->leave_id = g_timeout_add_seconds (LEAVE_AFTER, leave_cb, self);
      return;
    }
  text = g_strdup_printf (ngettext ("Making %u video", "Making %u videos", n), n);
  yj_background_set_status (text);
}

static gboolean
may_stay (YjApplication *self,
          YjWindow      *window)
{
  return self->open && !self->closed && !yj_window_closes_anyway (window) &&
         g_settings_get_boolean (self->settings, "background") && yj_session_get_platform (self->session) != NULL &&
         yj_job_queue_get_active (yj_session_get_queue (self->session)) > 0;
}

static void
stay (YjApplication *self)
{
  self->staying = TRUE;
  g_application_hold (G_APPLICATION (self));
  self->active_id = g_signal_connect_swapped (yj_session_get_queue (self->session), "notify::active", G_CALLBACK (active_cb), self);
  yj_background_request_async (NULL, NULL, NULL);
  active_cb (self);
}

static void
yj_application_window_removed (GtkApplication *application,
                               GtkWindow      *window)
{
  YjApplication *self = YJ_APPLICATION (application);

  /* The hold of closing, or of staying, comes before the window's own is given up. */
  if (YJ_IS_WINDOW (window) && may_stay (self, YJ_WINDOW (window)))
    stay (self);
  else if (YJ_IS_WINDOW (window))
    close_session (self);

  GTK_APPLICATION_CLASS (yj_application_parent_class)->window_removed (application, window);
}

/* ---- actions */

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  YjApplication *self = user_data;
  YjWindow *window = get_window (self);

  if (window == NULL)
    g_application_quit (user_data);
  else if (!self->open || !yj_closing_ask (window))
    yj_window_close_anyway (window);
}

static gboolean
signal_cb (gpointer user_data)
{
  YjWindow *window = get_window (user_data);

  if (window != NULL)
    yj_window_close_anyway (window);
  else
    g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  YjApplication *self = user_data;

  if (self->open)
    adw_dialog_present (ADW_DIALOG (yj_preferences_new (self->session)), GTK_WIDGET (get_window (self)));
}

static void
usage_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  YjApplication *self = user_data;

  if (self->open && get_window (self) != NULL)
    adw_dialog_present (yj_usage_dialog_new (self->session), GTK_WIDGET (get_window (self)));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  adw_dialog_present (yj_shortcuts_dialog_new (), GTK_WIDGET (get_window (user_data)));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_dialog_present (yj_about_new (), GTK_WIDGET (get_window (user_data)));
}

static void
console_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  YjWindow *window = get_window (user_data);

  if (window != NULL)
    yj_console_open (window, g_variant_get_string (parameter, NULL));
}

static void
open_library_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  open_session (user_data);
}

static void
start_sandbox_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  YjApplication *self = user_data;

  if (!self->open)
    return;
  g_settings_set_boolean (self->settings, "sandbox", TRUE);
  start_sandbox (self);
}

static void
add_actions (YjApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "usage", .activate = usage_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "about", .activate = about_cb },
    { .name = "console", .activate = console_cb, .parameter_type = "s" },
    { .name = "open-library", .activate = open_library_cb },
    { .name = "start-sandbox", .activate = start_sandbox_cb },
  };
  static const struct { const char *action; const char *keys[3]; } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.usage", { "<Control>u" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.shortcuts", { "<Control>question", "<Control>slash" } },
    { "window.close", { "<Control>w" } },
    { "win.show-place::chat", { "<Control>1", "<Alt>1" } },
    { "win.show-place::create", { "<Control>2", "<Alt>2" } },
    { "win.show-place::gallery", { "<Control>3", "<Alt>3" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].keys);
}

/* ---- the ways in */

static void
yj_application_startup (GApplication *application)
{
  YjApplication *self = YJ_APPLICATION (application);

  G_APPLICATION_CLASS (yj_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (YJ_APP_ID);
  self->settings = g_settings_new (YJ_APP_ID);
  self->term_id = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->int_id = g_unix_signal_add (SIGINT, signal_cb, self);
  add_actions (self);
  self->notices = yj_job_notices_new (application);
  self->outside = yj_outside_new (GTK_APPLICATION (self), self->notices);
}

static void
ensure_session (YjApplication *self,
                const char    *base_url)
{
  g_autofree char *stored = g_settings_get_string (self->settings, "base-url");

  if (self->session == NULL)
    self->session = yj_session_new (base_url, stored);
}

static void
yj_application_activate (GApplication *application)
{
  YjApplication *self = YJ_APPLICATION (application);
  YjWindow *window = get_window (self);

  if (self->closed)
    return;
  ensure_session (self, NULL);
  if (window == NULL)
    {
      /* The library is read on its own thread while the window is made. */
      open_session (self);
      window = yj_window_new (GTK_APPLICATION (self), self->session);
      g_signal_connect_object (window, "notify::is-active", G_CALLBACK (window_active_cb), self, G_CONNECT_SWAPPED);
      end_stay (self);
      yj_window_present_soon (window);
      if (self->open)
        yj_window_set_open (window, NULL);
    }
  else
    gtk_window_present (GTK_WINDOW (window));
}

static void
yj_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  YjApplication *self = YJ_APPLICATION (application);

  if (self->files == NULL)
    self->files = g_list_store_new (G_TYPE_FILE);
  g_list_store_splice (self->files, g_list_model_get_n_items (G_LIST_MODEL (self->files)), 0, (gpointer *) files, n_files);
  g_application_activate (application);
  attach_files (self);
}

static int
yj_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("yuanjing %s\n", YJ_VERSION);
      return 0;
    }

  return -1;
}

static int
yj_application_command_line (GApplication            *application,
                             GApplicationCommandLine *command_line)
{
  YjApplication *self = YJ_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **paths = NULL;
  const char *base_url = NULL;
  gboolean sandbox = g_variant_dict_contains (options, "sandbox");

  g_variant_dict_lookup (options, "base-url", "&s", &base_url);
  if (self->session != NULL && base_url != NULL)
    g_application_command_line_printerr (command_line, "%s\n", _("Yuanjing is open already: close it first to use another base URL."));
  ensure_session (self, base_url);
  self->sandbox_if_no_key |= g_variant_dict_contains (options, "sandbox-if-no-key");
  if (sandbox && self->open && !yj_session_get_sandbox (self->session))
    start_sandbox (self);
  self->sandbox |= sandbox;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    g_ptr_array_add (files, g_application_command_line_create_file_for_arg (command_line, paths[i]));
  if (files->len > 0)
    g_application_open (application, (GFile **) files->pdata, (int) files->len, "");
  else
    g_application_activate (application);

  return 0;
}

static void
yj_application_shutdown (GApplication *application)
{
  YjApplication *self = YJ_APPLICATION (application);

  /* Ended without its window being closed, as by g_application_quit (): what is pending is still written. */
  end_stay (self);
  close_session (self);
  while (self->open)
    g_main_context_iteration (NULL, TRUE);

  g_clear_handle_id (&self->leave_id, g_source_remove);
  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_handle_id (&self->int_id, g_source_remove);
  g_clear_pointer (&self->outside, yj_outside_free);
  g_clear_object (&self->notices);
  g_clear_object (&self->session);
  g_clear_object (&self->files);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (yj_application_parent_class)->shutdown (application);
}

static void
yj_application_class_init (YjApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = yj_application_startup;
  application_class->activate = yj_application_activate;
  application_class->open = yj_application_open;
  application_class->handle_local_options = yj_application_handle_local_options;
  application_class->command_line = yj_application_command_line;
  application_class->shutdown = yj_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = yj_application_window_removed;
}

static void
yj_application_init (YjApplication *self)
{
  static const GOptionEntry entries[] = {
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Use the local sandbox: no AI, nothing is charged"), NULL },
    { "sandbox-if-no-key", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Use the local sandbox when there is no API key"), NULL },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the platform"), N_("URL") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Files are attached as references for a new video."));
}

/**
 * yj_application_new:
 *
 * The one application object: it owns the session, takes files and options of later starts, and closes
 * the library when the window goes.
 *
 * Returns: (transfer full): the application
 */
YjApplication *
yj_application_new (void)
{
  return g_object_new (YJ_TYPE_APPLICATION,
                       "application-id", YJ_APP_ID,
                       "resource-base-path", "/ai/opencomputing/Yuanjing",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
