/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-window"

#include "yj-window-private.h"

#include <glib/gi18n.h>

#include "yj-closing.h"
#include "yj-error-text.h"
#include "yj-keep-focus.h"
#include "yj-key-dialog.h"
#include "yj-long-toast.h"

typedef enum
{
  PROP_SESSION = 1,
} YjWindowProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjWindow, yj_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- which page: welcome as long as there is neither a key nor anything made */

static gboolean
is_empty (YjWindow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (yj_session_get_queue (self->session))) == 0 &&
         g_list_model_get_n_items (yj_library_get_conversations (yj_session_get_library (self->session))) == 0;
}

static void
update_root (YjWindow *self)
{
  const char *name;

  if (self->open_error != NULL)
    name = "failed";
  else if (!self->open)
    name = "loading";
  else if (yj_session_get_platform (self->session) == NULL && is_empty (self))
    name = "welcome";
  else
    name = "places";

  gtk_stack_set_visible_child_name (self->root, name);
  gtk_widget_set_visible (self->switcher, g_str_equal (name, "places"));
  yj_status_banner_set_wanted (self->banner, g_str_equal (name, "places"));
}

static gboolean
show_spinner_cb (gpointer user_data)
{
  YjWindow *self = user_data;

  self->spinner_id = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  return G_SOURCE_REMOVE;
}

/* ---- actions */

static void
show_place_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  YjWindow *self = YJ_WINDOW (widget);

  if (gtk_widget_get_visible (self->switcher))
    yj_window_show_place (self, g_variant_get_string (parameter, NULL));
}

static void
enter_key_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjWindow *self = YJ_WINDOW (widget);

  if (self->open)
    adw_dialog_present (ADW_DIALOG (yj_key_dialog_new (self->session)), widget);
}

static void
show_job_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjWindow *self = YJ_WINDOW (widget);
  YjJob *job = NULL;

  if (self->open)
    job = yj_job_queue_find (yj_session_get_queue (self->session), g_variant_get_string (parameter, NULL));
  if (job != NULL)
    yj_window_show_job (self, job);
}

/* What is in sight is searched, or all of it selected, wherever the keyboard's focus is: on the switcher, in the page of a
   video, nowhere. */
static gboolean
find_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  return yj_window_find (YJ_WINDOW (widget));
}

static gboolean
select_all_key_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  return yj_window_select_all (YJ_WINDOW (widget));
}

static gboolean
yj_window_close_request (GtkWindow *window)
{
  YjWindow *self = YJ_WINDOW (window);

  /* What goes on in the background is not broken off. */
  if (self->open && !self->close_anyway && !g_settings_get_boolean (self->settings, "background") && yj_closing_ask (self))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (yj_window_parent_class)->close_request (window);
}

static void
yj_window_constructed (GObject *object)
{
  YjWindow *self = YJ_WINDOW (object);

  G_OBJECT_CLASS (yj_window_parent_class)->constructed (object);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "place", self->places, "visible-child-name", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->places, "notify::visible-child", G_CALLBACK (yj_window_place_changed), self, G_CONNECT_SWAPPED);
  /* while the library is being opened */
  yj_window_place_shown (self, adw_view_stack_get_visible_child (self->places));

  if (self->session != NULL)
    g_signal_connect_object (self->session, "notify::platform", G_CALLBACK (update_root), self, G_CONNECT_SWAPPED);
}

static void
yj_window_dispose (GObject *object)
{
  YjWindow *self = YJ_WINDOW (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_WINDOW);
  g_clear_weak_pointer (&self->new_focus);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_error (&self->open_error);

  G_OBJECT_CLASS (yj_window_parent_class)->dispose (object);
}

static void
yj_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  YjWindow *self = YJ_WINDOW (object);

  switch ((YjWindowProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_window_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  YjWindow *self = YJ_WINDOW (object);

  switch ((YjWindowProps) prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    }
}

static void
yj_window_class_init (YjWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = yj_window_constructed;
  object_class->dispose = yj_window_dispose;
  object_class->get_property = yj_window_get_property;
  object_class->set_property = yj_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = yj_window_close_request;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_STATUS_BANNER);
  g_type_ensure (YJ_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YjWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, root);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, places);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, gallery_place);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, chat_bin);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, create_bin);
  gtk_widget_class_bind_template_child (widget_class, YjWindow, gallery_bin);
  gtk_widget_class_bind_template_callback (widget_class, yj_window_place_shown);

  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place_cb);
  gtk_widget_class_install_action (widget_class, "win.enter-key", NULL, enter_key_cb);
  gtk_widget_class_install_action (widget_class, "win.show-job", "s", show_job_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_key_cb, NULL);
}

static void
yj_window_init (YjWindow *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  yj_keep_focus (GTK_WIDGET (self), "current-breakpoint");
  /* Opening takes a blink: only what lasts longer is worth a spinner. */
  self->spinner_id = g_timeout_add (500, show_spinner_cb, self);
}

/**
 * yj_window_new:
 * @application: the application
 * @session: what the window works with, open or not yet
 *
 * Makes a window that waits; [method@Yj.Window.set_open] lets it begin.
 *
 * Returns: (transfer none): a window with its three places
 */
YjWindow *
yj_window_new (GtkApplication *application,
               YjSession      *session)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  return g_object_new (YJ_TYPE_WINDOW, "application", application, "session", session, NULL);
}

/**
 * yj_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none): what the window works with
 */
YjSession *
yj_window_get_session (YjWindow *self)
{
  g_return_val_if_fail (YJ_IS_WINDOW (self), NULL);

  return self->session;
}

/* A frame that says nothing would be painted in the time that the library needs: the first one is that of the place, unless
   that takes longer than one would want to wait for a window. */
#define PRESENT_AFTER 100       /* ms */

static void
present_cb (gpointer user_data)
{
  YjWindow *self = user_data;

  self->present_id = 0;
  gtk_window_present (GTK_WINDOW (self));
}

static void
present_now (YjWindow *self)
{
  if (self->present_id == 0)
    return;

  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * yj_window_present_soon:
 * @self: a window that is not on the screen yet
 *
 * Presents it as soon as it is open, or after a moment in any case.
 */
void
yj_window_present_soon (YjWindow *self)
{
  g_return_if_fail (YJ_IS_WINDOW (self));

  /* What it takes to draw is set up meanwhile. */
  gtk_widget_realize (GTK_WIDGET (self));
  self->present_id = g_timeout_add_once (PRESENT_AFTER, present_cb, self);
}

/**
 * yj_window_set_open:
 * @self: a window
 * @error: (nullable): why the session could not be opened, or %NULL when it is open
 *
 * Shows the places, the ways in, or what went wrong.
 */
void
yj_window_set_open (YjWindow     *self,
                    const GError *error)
{
  g_return_if_fail (YJ_IS_WINDOW (self));

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_error (&self->open_error);
  if (error != NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);
      g_autofree char *markup = g_markup_escape_text (text, -1);

      self->open_error = g_error_copy (error);
      adw_status_page_set_description (self->failed_page, markup);
    }
  else if (!self->open)
    {
      self->open = TRUE;
      g_object_set (self->welcome_page, "session", self->session, NULL);
      yj_status_banner_set_session (self->banner, self->session);
      yj_window_open_places (self);
      g_object_bind_property (yj_session_get_queue (self->session), "active",
                              self->gallery_place, "badge-number", G_BINDING_SYNC_CREATE);
      update_root (self);
      present_now (self);
      yj_window_focus_place (self);
      return;
    }
  update_root (self);
  present_now (self);
}

/**
 * yj_window_is_open:
 * @self: a window
 *
 * Returns: whether its session is, so that jobs can be shown
 */
gboolean
yj_window_is_open (YjWindow *self)
{
  g_return_val_if_fail (YJ_IS_WINDOW (self), FALSE);

  return self->open;
}

/**
 * yj_window_job_ended:
 * @self: a window
 * @job: a job that has come to its end
 *
 * Says so where it is not on screen anyway.
 */
void
yj_window_job_ended (YjWindow *self,
                     YjJob    *job)
{
  YjJobState state;
  const char *words;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_JOB (job));

  state = yj_job_get_state (job);

  yj_status_banner_add_error (self->banner, yj_job_get_error_code (job));
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "gallery") == 0 ||
      (state != YJ_JOB_READY && state != YJ_JOB_FAILED && state != YJ_JOB_UNCONFIRMED))
    return;

  words = state == YJ_JOB_READY ? _("Your video is ready") :
          state == YJ_JOB_FAILED ? _("A video could not be made") :
          _("A job is unconfirmed");    /* short: all of it is read in a narrow window too */
  if (yj_window_shows_jobs (self))
    {
      /* it is seen in the list, and heard */
      gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }

  toast = adw_toast_new (words);
  adw_toast_set_button_label (toast, _("Show"));
  adw_toast_set_action_name (toast, "win.show-job");
  adw_toast_set_action_target_value (toast, g_variant_new_string (yj_job_get_uuid (job)));
  yj_window_add_toast (self, toast);
}

/**
 * yj_window_job_changed:
 * @self: a window
 * @job: a job of which something is new
 *
 * The banner may have something else to say then.
 */
void
yj_window_job_changed (YjWindow *self,
                       YjJob    *job)
{
  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (YJ_IS_JOB (job));

  yj_status_banner_job_changed (self->banner, job);
}

/**
 * yj_window_close_anyway:
 * @self: a window
 *
 * Closes it without asking, as when the computer is shut down.
 */
void
yj_window_close_anyway (YjWindow *self)
{
  g_return_if_fail (YJ_IS_WINDOW (self));

  self->close_anyway = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * yj_window_closes_anyway:
 * @self: a window that is closed
 *
 * Returns: whether that was by [method@Yj.Window.close_anyway], and nothing is to go on without it
 */
gboolean
yj_window_closes_anyway (YjWindow *self)
{
  g_return_val_if_fail (YJ_IS_WINDOW (self), FALSE);

  return self->close_anyway;
}

/**
 * yj_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say in passing
 *
 * Shows a toast over whatever is on screen, but not over what a message is written in, nor over Generate.
 */
void
yj_window_add_toast (YjWindow *self,
                     AdwToast *toast)
{
  AdwToastOverlay *above;

  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  above = yj_window_get_place_toasts (self);
  adw_toast_overlay_add_toast (above != NULL ? above : self->toast_overlay, toast);
}

/**
 * yj_window_show_error:
 * @self: a window
 * @error: what went wrong
 *
 * Says it in a toast, with the button that helps: the key dialog for a refused key, the web console for a
 * missing balance. Something that was cancelled is not shown.
 */
void
yj_window_show_error (YjWindow     *self,
                      const GError *error)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, YJ_ERROR, YJ_ERROR_CANCELLED))
    return;

  text = yj_error_text_dup (error);
  toast = yj_long_toast_new (text);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);

  if (g_error_matches (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED))
    {
      adw_toast_set_button_label (toast, _("Enter Key"));
      adw_toast_set_action_name (toast, "win.enter-key");
    }
  else if (g_error_matches (error, YJ_ERROR, YJ_ERROR_BALANCE))
    {
      yj_status_banner_add_error (self->banner, YJ_ERROR_BALANCE);
      adw_toast_set_button_label (toast, _("Top Up"));
      adw_toast_set_action_name (toast, "app.console");
      adw_toast_set_action_target_value (toast, g_variant_new_string ("top-up"));
    }
  yj_window_add_toast (self, toast);
}
