/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-key-dialog"

#include "yj-key-dialog.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-window.h"

struct _YjKeyDialog
{
  AdwDialog     parent_instance;

  YjSession    *session;
  GCancellable *cancellable;    /* of the check or the taking under way */

  GtkEditable  *key_row;
  GtkEditable  *url_row;
  AdwSwitchRow *remember_row;
  GtkWidget    *busy_box;
  GtkWidget    *problem_box;
  GtkLabel     *problem_label;
  GtkWidget    *anyway_button;
};

G_DEFINE_FINAL_TYPE (YjKeyDialog, yj_key_dialog, ADW_TYPE_DIALOG)

static char *
dup_base_url (YjKeyDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->url_row)));
}

static void
set_busy (YjKeyDialog *self,
          gboolean     busy)
{
  gtk_widget_set_visible (self->busy_box, busy);
  gtk_editable_set_editable (self->key_row, !busy);
  gtk_editable_set_editable (self->url_row, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.check", !busy && *gtk_editable_get_text (self->key_row) != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.use", !busy);
}

static void
show_problem (YjKeyDialog *self,
              const char  *text,
              gboolean     can_use_anyway)
{
  set_busy (self, FALSE);
  gtk_label_set_text (self->problem_label, text);
  gtk_widget_set_visible (self->anyway_button, can_use_anyway);
  gtk_widget_set_visible (self->problem_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
}

static void
changed_cb (YjKeyDialog *self)
{
  gtk_widget_set_visible (self->problem_box, FALSE);
  set_busy (self, FALSE);
}

/* The key is in use, but the keyring did not keep it: said once, plainly. */
static void
tell_not_kept (YjKeyDialog *self)
{
  AdwDialog *alert = adw_alert_dialog_new (_("Key Used for This Run Only"),
                                           _("This computer has no keyring that keeps it, or the keyring is locked. At the next start you will be asked again."));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (alert), "close", _("_Understood"));
  adw_dialog_present (alert, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
used_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjKeyDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSettings) settings = NULL;
  g_autofree char *base_url = NULL;
  gboolean ok = yj_session_use_key_finish (YJ_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  /* Not taken at all (a base URL that is none): the session still has no platform of this address. */
  if (!ok && (yj_session_get_platform (self->session) == NULL || yj_session_get_sandbox (self->session)))
    {
      g_autofree char *text = yj_error_text_dup (error);
      show_problem (self, text, FALSE);
      return;
    }

  settings = g_settings_new (YJ_APP_ID);
  base_url = dup_base_url (self);
  g_settings_set_string (settings, "base-url", base_url);
  g_settings_set_boolean (settings, "sandbox", FALSE);
  if (!ok)
    {
      g_debug ("the keyring did not take the key: %s", error->message);
      tell_not_kept (self);
    }
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
use (YjKeyDialog *self)
{
  g_autofree char *key = yj_secrets_clean_key (gtk_editable_get_text (self->key_row));
  g_autofree char *base_url = dup_base_url (self);

  yj_session_use_key_async (self->session, base_url, key, adw_switch_row_get_active (self->remember_row),
                            self->cancellable, used_cb, g_object_ref (self));
  yj_secrets_free_key (g_steal_pointer (&key));
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjKeyDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (yj_platform_check_key_finish (YJ_PLATFORM (object), result, &error))
    {
      use (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, YJ_ERROR, YJ_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED))
    show_problem (self, _("The platform does not accept this key. Copy it again from the web console; some keys only work from certain addresses."), TRUE);
  else
    {
      g_autofree char *text = yj_error_text_dup (error);
      show_problem (self, text, TRUE);
    }
}

static void
begin (YjKeyDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->problem_box, FALSE);
  set_busy (self, TRUE);
}

static void
check_action_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  YjKeyDialog *self = YJ_KEY_DIALOG (widget);
  g_autofree char *key = yj_secrets_clean_key (gtk_editable_get_text (self->key_row));
  g_autofree char *base_url = dup_base_url (self);
  g_autoptr(YjPlatform) platform = NULL;
  g_autoptr(GError) error = NULL;

  if (key == NULL)
    {
      show_problem (self, _("This cannot be a key: it has 8 to 512 letters, digits and signs, and no spaces."), FALSE);
      return;
    }
  platform = yj_platform_new (base_url, key, &error);
  yj_secrets_free_key (g_steal_pointer (&key));
  if (platform == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The base URL cannot be used: %s"), error->message);
      show_problem (self, text, FALSE);
      return;
    }

  begin (self);
  yj_platform_check_key_async (platform, self->cancellable, checked_cb, g_object_ref (self));
}

static void
use_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  begin (YJ_KEY_DIALOG (widget));
  use (YJ_KEY_DIALOG (widget));
}

static void
yj_key_dialog_closed (AdwDialog *dialog)
{
  YjKeyDialog *self = YJ_KEY_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (self->key_row, "");
}

static void
yj_key_dialog_dispose (GObject *object)
{
  YjKeyDialog *self = YJ_KEY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_KEY_DIALOG);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_key_dialog_parent_class)->dispose (object);
}

static void
yj_key_dialog_class_init (YjKeyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_key_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_key_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, remember_row);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, busy_box);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, YjKeyDialog, anyway_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "key.check", NULL, check_action_cb);
  gtk_widget_class_install_action (widget_class, "key.use", NULL, use_action_cb);
}

static void
yj_key_dialog_init (YjKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_busy (self, FALSE);
}

/**
 * yj_key_dialog_new:
 * @session: an open session
 *
 * Returns: (transfer floating): a dialog that asks for a key and gives it to the session once the platform
 *   took it, or once the person wants it without
 */
YjKeyDialog *
yj_key_dialog_new (YjSession *session)
{
  YjKeyDialog *self;
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);

  g_return_val_if_fail (YJ_IS_SESSION (session), NULL);

  self = g_object_new (YJ_TYPE_KEY_DIALOG, NULL);
  self->session = g_object_ref (session);
  if (yj_session_get_sandbox (session))
    {
      g_autofree char *stored = g_settings_get_string (settings, "base-url");
      gtk_editable_set_text (self->url_row, stored);
    }
  else
    gtk_editable_set_text (self->url_row, yj_session_get_base_url (session));

  return self;
}
