/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-model-id-dialog.h"

#include <glib/gi18n.h>

#include "yj-console.h"
#include "yj-error-text.h"
#include "yj-model-lists.h"

typedef struct
{
  YjSession        *session;
  YjModel          *model;
  AdwAlertDialog   *dialog;     /* unowned; the entry and the label are in it */
  GtkEditable      *entry;
  GtkWidget        *spinner;
  GtkLabel         *said;
  GCancellable     *cancellable;
} Ask;

static void
ask_free (Ask *ask)
{
  g_cancellable_cancel (ask->cancellable);
  g_object_unref (ask->cancellable);
  g_object_unref (ask->session);
  g_object_unref (ask->model);
  g_free (ask);
}

static void
say (Ask        *ask,
     const char *text,
     gboolean    is_error)
{
  gtk_label_set_label (ask->said, text);
  gtk_widget_set_visible (GTK_WIDGET (ask->said), *text != '\0');
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (ask->said), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (ask->said), "error");
}

static void
edited_cb (GtkEditable *entry,
           Ask         *ask)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *llmid = yj_llmid_parse (gtk_editable_get_text (entry), &error);

  adw_alert_dialog_set_response_enabled (ask->dialog, "save", llmid != NULL);
  say (ask, llmid != NULL || *gtk_editable_get_text (entry) == '\0' ? "" : error->message, TRUE);
}

/* ---- the platform's lists */
static const char *
find_llmid (GPtrArray *lists,
            YjModel   *model)
{
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const YjListedModel *listed = g_ptr_array_index (lists, i);

      if (listed->model == model && listed->llmid != NULL)
        return listed->llmid;
    }

  return NULL;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GTask) held = task;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lists = yj_model_lists_finish (YJ_SESSION (object), result, &error);
  const char *llmid = find_llmid (lists, ask->model);

  if (g_cancellable_is_cancelled (ask->cancellable))
    return;                     /* the dialog is gone */

  gtk_widget_set_visible (ask->spinner, FALSE);
  if (*gtk_editable_get_text (ask->entry) != '\0')
    return;                     /* the person was faster */
  if (llmid == NULL)
    {
      say (ask, _("The platform’s own lists do not tell it."), FALSE);
      return;
    }
  gtk_editable_set_text (ask->entry, llmid);
  say (ask, _("Found on the platform’s own list of models."), FALSE);
}

/* ---- the dialog */
static void
plaza_cb (GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (button);

  if (YJ_IS_WINDOW (root))
    yj_console_open (YJ_WINDOW (root), "models");
}

static GtkWidget *
new_content (Ask *ask)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *list = gtk_list_box_new (), *entry = adw_entry_row_new ();
  GtkWidget *plaza = gtk_button_new_with_mnemonic (_("Open the Model _Plaza"));

  ask->entry = GTK_EDITABLE (entry);
  ask->spinner = adw_spinner_new ();
  ask->said = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "visible", FALSE,
                            "css-classes", (const char *[]) { "caption", NULL }, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Model ID (llmid)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Model ID (llmid)"), -1);
  g_object_set (entry, "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, "activates-default", TRUE, NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), ask->spinner);
  g_signal_connect (entry, "changed", G_CALLBACK (edited_cb), ask);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  g_signal_connect (plaza, "clicked", G_CALLBACK (plaza_cb), NULL);
  gtk_widget_set_halign (plaza, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (column), list);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (ask->said));
  gtk_box_append (GTK_BOX (column), plaza);
  return column;
}

static void
response_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  g_autofree char *llmid = NULL;

  g_cancellable_cancel (ask->cancellable);
  if (g_strcmp0 (response, "save") == 0)
    llmid = yj_llmid_parse (gtk_editable_get_text (ask->entry), NULL);
  if (llmid != NULL)
    yj_model_lists_take (ask->session, ask->model, llmid);
  g_task_return_boolean (task, llmid != NULL);
}

/**
 * yj_model_id_dialog_ask:
 * @parent: where it is asked
 * @session: an opened session
 * @model: a model without an llmid
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Asks for the id of @model, with a way to the model plaza; what the platform's own lists say is filled in, to be
 * confirmed. The id is kept for good.
 */
void
yj_model_id_dialog_ask (GtkWidget           *parent,
                        YjSession           *session,
                        YjModel             *model,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Ask *ask;
  GTask *task;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (YJ_IS_SESSION (session));
  g_return_if_fail (YJ_IS_MODEL (model));

  ask = g_new0 (Ask, 1);
  ask->session = g_object_ref (session);
  ask->model = g_object_ref (model);
  ask->cancellable = g_cancellable_new ();
  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);

  ask->dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Model ID Needed"), NULL));
  /* translators: %s: title of a model */
  adw_alert_dialog_format_body (ask->dialog,
                                _("The platform’s document lost the id of %s, and nothing can be sent without it. "
                                  "The model plaza on the web console shows it. You are asked only once."),
                                yj_model_get_title (model));
  adw_alert_dialog_set_extra_child (ask->dialog, new_content (ask));
  adw_alert_dialog_add_responses (ask->dialog, "cancel", _("_Cancel"), "save", _("_Save and Generate"), NULL);
  adw_alert_dialog_set_response_appearance (ask->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ask->dialog, "save", FALSE);
  adw_alert_dialog_set_default_response (ask->dialog, "save");
  adw_alert_dialog_set_close_response (ask->dialog, "cancel");
  yj_model_lists_async (session, ask->cancellable, listed_cb, g_object_ref (task));
  adw_alert_dialog_choose (ask->dialog, parent, NULL, response_cb, task);
  gtk_widget_grab_focus (GTK_WIDGET (ask->entry));
}

/**
 * yj_model_id_dialog_ask_finish:
 * @parent: where it was asked
 * @result: what the callback got
 *
 * Returns: whether the model has an id now
 */
gboolean
yj_model_id_dialog_ask_finish (GtkWidget    *parent,
                               GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
