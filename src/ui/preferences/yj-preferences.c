/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-preferences"

#include "yj-preferences.h"

#include <glib/gi18n.h>

#include "yj-background.h"
#include "yj-error-text.h"
#include "yj-key-dialog.h"
#include "yj-models-page.h"
#include "yj-storage-group.h"
#include "yj-videos-group.h"

struct _YjPreferences
{
  AdwPreferencesDialog  parent_instance;

  YjSession            *session;
  GSettings            *settings;
  YjSecrets            *secrets;
  GCancellable         *cancellable;

  AdwActionRow         *key_row;
  GtkWidget            *key_spinner;
  GtkWidget            *check_button;
  AdwActionRow         *url_row;
  GtkWidget            *remove_row;
  AdwComboRow          *chat_model_row;
  AdwSwitchRow         *enter_row;
  AdwSwitchRow         *stream_row;
  AdwSwitchRow         *history_row;
  AdwSpinRow           *budget_row;
  AdwSwitchRow         *facts_row;
  AdwSwitchRow         *background_row;
  AdwActionRow         *folder_row;
  YjStorageGroup       *storage_group;
  YjVideosGroup        *videos_group;
  YjModelsPage         *models_page;
};

G_DEFINE_FINAL_TYPE (YjPreferences, yj_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static void
say (YjPreferences *self,
     const char    *text)
{
  AdwToast *toast = adw_toast_new (text);

  /* The platform's own words may be in it. */
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

/* ---- the key */

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;
  g_autoptr(GError) error = NULL;
  char *key = yj_secrets_lookup_finish (YJ_SECRETS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (key != NULL && strlen (key) > 8)
    {
      g_autofree char *text = g_strconcat ("••••", key + strlen (key) - 4, NULL);
      adw_action_row_set_subtitle (self->key_row, text);
    }
  else if (key == NULL)
    adw_action_row_set_subtitle (self->key_row, _("For this run only; the keyring keeps none"));
  if (key != NULL)
    yj_secrets_free_key (key);
}

static void
update_key (YjPreferences *self)
{
  YjPlatform *platform = yj_session_get_platform (self->session);
  gboolean sandbox = yj_session_get_sandbox (self->session);

  adw_action_row_set_subtitle (self->url_row, yj_session_get_base_url (self->session));
  gtk_widget_set_visible (self->check_button, platform != NULL);
  gtk_widget_set_visible (self->remove_row, platform != NULL && !sandbox && g_getenv ("YUANJING_API_KEY") == NULL);
  if (platform == NULL)
    adw_action_row_set_subtitle (self->key_row, _("None"));
  else if (sandbox)
    adw_action_row_set_subtitle (self->key_row, _("The sandbox’s own"));
  else if (g_getenv ("YUANJING_API_KEY") != NULL)
    /* translators: YUANJING_API_KEY is the name of an environment variable */
    adw_action_row_set_subtitle (self->key_row, _("From YUANJING_API_KEY"));
  else
    {
      adw_action_row_set_subtitle (self->key_row, "••••");
      yj_secrets_lookup_async (self->secrets, yj_session_get_base_url (self->session), self->cancellable,
                               looked_up_cb, g_object_ref (self));
    }
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = yj_platform_check_key_finish (YJ_PLATFORM (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, YJ_ERROR, YJ_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (self->key_spinner, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prefs.check-key", TRUE);
  if (ok)
    say (self, _("The platform accepts the key"));
  else
    {
      g_autofree char *text = yj_error_text_dup (error);
      say (self, text);
    }
}

static void
check_key_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  YjPreferences *self = YJ_PREFERENCES (widget);
  YjPlatform *platform = yj_session_get_platform (self->session);

  if (platform == NULL)
    return;
  gtk_widget_set_visible (self->key_spinner, TRUE);
  gtk_widget_action_set_enabled (widget, "prefs.check-key", FALSE);
  yj_platform_check_key_async (platform, self->cancellable, checked_cb, g_object_ref (self));
}

static void
replace_key_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  YjPreferences *self = YJ_PREFERENCES (widget);

  adw_dialog_present (ADW_DIALOG (yj_key_dialog_new (self->session)), GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!yj_session_forget_key_finish (YJ_SESSION (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = yj_error_text_dup (error);
      say (self, text);
    }
}

static void
remove_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;

  if (g_strcmp0 (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "remove") == 0)
    yj_session_forget_key_async (self->session, self->cancellable, forgotten_cb, g_object_ref (self));
}

static void
remove_key_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  AdwDialog *alert = adw_alert_dialog_new (_("Remove the API Key?"),
                                           _("It is shown only once by the web console: to come back you may need a new one. What you made stays."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (alert), widget, NULL, remove_answered_cb, g_object_ref (widget));
}

/* ---- chat */

static void
chat_model_selected_cb (YjPreferences *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->chat_model_row);

  if (item != NULL)
    g_settings_set_string (self->settings, "chat-model", gtk_string_object_get_string (item));
}

static void
add_chat_model (GtkStringList *list,
                const char    *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), name))
      return;
  gtk_string_list_append (list, name);
}

static void
fill_chat_models (YjPreferences *self)
{
  const char * const *names = yj_catalog_get_chat_models (yj_session_get_catalog (self->session));
  g_autofree char *chosen = g_settings_get_string (self->settings, "chat-model");
  g_autoptr(GtkStringList) list = gtk_string_list_new (names);
  static const char * const keys[] = { "chat-favourite-models", "chat-listed-models", "chat-typed-models" };

  /* So can those that the platform has, those that were typed, and the one that is. */
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto(GStrv) more = g_settings_get_strv (self->settings, keys[i]);

      for (guint j = 0; more[j] != NULL; j++)
        add_chat_model (list, more[j]);
    }
  add_chat_model (list, chosen);
  adw_combo_row_set_model (self->chat_model_row, G_LIST_MODEL (list));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), chosen))
      adw_combo_row_set_selected (self->chat_model_row, i);
  g_signal_connect_object (self->chat_model_row, "notify::selected-item", G_CALLBACK (chat_model_selected_cb), self, G_CONNECT_SWAPPED);
}

/* ---- the background

   The desktop may refuse it: then the choice says so at once, and not when the window is closed. */

static void
background_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;

  if (yj_background_request_finish (result) || g_cancellable_is_cancelled (self->cancellable))
    return;

  adw_switch_row_set_active (self->background_row, FALSE);
  say (self, _("The desktop does not let Yuanjing run in the background"));
}

static void
background_switched_cb (YjPreferences *self)
{
  if (adw_switch_row_get_active (self->background_row))
    yj_background_request_async (self->cancellable, background_cb, g_object_ref (self));
}

/* ---- files */

static void
fill_files (YjPreferences *self)
{
  GFile *folder = yj_library_get_folder (yj_session_get_library (self->session));
  g_autofree char *name = g_file_get_parse_name (folder);

  adw_action_row_set_subtitle (self->folder_row, name);
  yj_storage_group_set_session (self->storage_group, self->session);
  yj_videos_group_set_session (self->videos_group, self->session);
}

static void
launched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(YjPreferences) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    say (self, _("No file manager could be opened"));
}

static void
open_folder_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  YjPreferences *self = YJ_PREFERENCES (widget);
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (yj_library_get_videos_folder (yj_session_get_library (self->session)));

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, launched_cb, g_object_ref (self));
}

static void
yj_preferences_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (YJ_PREFERENCES (dialog)->cancellable);
}

static void
yj_preferences_dispose (GObject *object)
{
  YjPreferences *self = YJ_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_PREFERENCES);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (yj_preferences_parent_class)->dispose (object);
}

static void
yj_preferences_class_init (YjPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_preferences_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_preferences_closed;

  g_type_ensure (YJ_TYPE_MODELS_PAGE);
  g_type_ensure (YJ_TYPE_STORAGE_GROUP);
  g_type_ensure (YJ_TYPE_VIDEOS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, key_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, key_spinner);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, check_button);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, url_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, remove_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, chat_model_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, enter_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, stream_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, history_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, budget_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, facts_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, background_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, storage_group);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, videos_group);
  gtk_widget_class_bind_template_child (widget_class, YjPreferences, models_page);
  gtk_widget_class_install_action (widget_class, "prefs.check-key", NULL, check_key_cb);
  gtk_widget_class_install_action (widget_class, "prefs.replace-key", NULL, replace_key_cb);
  gtk_widget_class_install_action (widget_class, "prefs.remove-key", NULL, remove_key_cb);
  gtk_widget_class_install_action (widget_class, "prefs.open-folder", NULL, open_folder_cb);
}

static void
yj_preferences_init (YjPreferences *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  self->secrets = yj_secrets_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (self->settings, "enter-sends", self->enter_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "chat-stream", self->stream_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "chat-history", self->history_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "chat-history-budget", self->budget_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remove-camera-facts", self->facts_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "background", self->background_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->background_row, "notify::active", G_CALLBACK (background_switched_cb), self, G_CONNECT_SWAPPED);
}

/**
 * yj_preferences_new:
 * @session: an open session
 *
 * Returns: (transfer floating): the preferences, for presenting
 */
YjPreferences *
yj_preferences_new (YjSession *session)
{
  YjPreferences *self;

  g_return_val_if_fail (YJ_IS_SESSION (session), NULL);

  self = g_object_new (YJ_TYPE_PREFERENCES, NULL);
  self->session = g_object_ref (session);
  fill_chat_models (self);
  yj_models_page_set_session (self->models_page, session);
  fill_files (self);
  g_signal_connect_object (session, "notify::platform", G_CALLBACK (update_key), self, G_CONNECT_SWAPPED);
  update_key (self);

  return self;
}
