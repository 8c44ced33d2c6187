/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-application"

#include "yj-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <gst/gst.h>

#include "yj-about.h"
#include "yj-console.h"
#include "yj-gallery-actions.h"
#include "yj-long-toast.h"
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
  guint           inhibit_cookie;    /* while bytes move */
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
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *id = NULL;
  YjJobState state = yj_job_get_state (job);

  if (window != NULL)
    yj_window_job_ended (window, job);
  if (window != NULL && gtk_window_is_active (GTK_WINDOW (window)))
    return;
  if (state != YJ_JOB_READY && state != YJ_JOB_FAILED && state != YJ_JOB_UNCONFIRMED)
    return;

  notification = g_notification_new (state == YJ_JOB_READY ? _("Your video is ready") :
                                     state == YJ_JOB_FAILED ? _("A video could not be made") :
                                     _("It is not known whether a job was accepted"));
  g_notification_set_body (notification, yj_job_get_prompt (job));
  if (yj_job_get_cover (job) != NULL)
    {
      g_autoptr(GIcon) icon = g_file_icon_new (yj_job_get_cover (job));
      g_notification_set_icon (notification, icon);
    }
  if (state == YJ_JOB_READY)
    g_notification_add_button_with_target (notification, _("Show in Files"), "app.show-job-in-files", "s", yj_job_get_uuid (job));
  g_notification_set_default_action_and_target (notification, "app.show-job", "s", yj_job_get_uuid (job));
  id = g_strconcat ("job-", yj_job_get_uuid (job), NULL);
  g_application_send_notification (G_APPLICATION (self), id, notification);
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

static void
yj_application_window_removed (GtkApplication *application,
                               GtkWindow      *window)
{
  YjApplication *self = YJ_APPLICATION (application);

  /* The hold of closing comes before the window's own is given up. */
  if (YJ_IS_WINDOW (window))
    close_session (self);

  GTK_APPLICATION_CLASS (yj_application_parent_class)->window_removed (application, window);
}

/* ---- actions */

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  YjWindow *window = get_window (user_data);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (user_data);
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
show_job_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  YjApplication *self = user_data;
  YjWindow *window;

  g_application_activate (G_APPLICATION (self));
  window = get_window (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-job", parameter);
}

static void
show_job_in_files_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  YjApplication *self = user_data;
  YjWindow *window = get_window (self);
  YjJob *job = NULL;

  if (self->open && !self->closed)
    job = yj_job_queue_find (yj_session_get_queue (self->session), g_variant_get_string (parameter, NULL));
  if (window != NULL && job != NULL && yj_job_get_file (job) != NULL)
    yj_gallery_actions_show_in_files (GTK_WIDGET (window), job);
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
    { .name = "show-job", .activate = show_job_cb, .parameter_type = "s" },
    { .name = "show-job-in-files", .activate = show_job_in_files_cb, .parameter_type = "s" },
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
      window = yj_window_new (GTK_APPLICATION (self), self->session);
      open_session (self);
    }
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
  close_session (self);
  while (self->open)
    g_main_context_iteration (NULL, TRUE);

  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_handle_id (&self->int_id, g_source_remove);
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
