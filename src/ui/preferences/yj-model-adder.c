/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-model-adder.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"

typedef struct
{
  YjSession      *session;
  GListStore     *likes;        /* of YjModel: one of each form */
  AdwAlertDialog *dialog;       /* unowned, as what is in it */
  AdwComboRow    *like;
  GtkEditable    *name;
  GtkEditable    *title;
  GtkEditable    *llmid;
  GtkLabel       *said;
} Adder;

static void
adder_free (gpointer  data,
            GClosure *closure)
{
  Adder *adder = data;

  g_object_unref (adder->session);
  g_object_unref (adder->likes);
  g_free (adder);
}

static char *
dup_label (YjModel *model)
{
  return g_strdup_printf ("%s · %s", yj_model_get_title (model), yj_job_text_get_mode (yj_model_get_mode (model)));
}

/* A model of each form; those of @mode first (-1: as they come). */
static void
list_likes (Adder *adder,
            int    mode)
{
  YjCatalog *catalog = yj_session_get_catalog (adder->session);
  g_autoptr(GHashTable) forms = g_hash_table_new (g_str_hash, g_str_equal);

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
      {
        g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
        const char *form = yj_catalog_get_form (catalog, model);

        if ((mode < 0 || (int) yj_model_get_mode (model) == mode) == (pass == 0) && form != NULL && g_hash_table_add (forms, (gpointer) form))
          g_list_store_append (adder->likes, model);
      }
}

/* Says what is wrong; nothing while the name is still empty. */
static void
check (Adder *adder)
{
  const char *name = gtk_editable_get_text (adder->name), *id = gtk_editable_get_text (adder->llmid);
  g_autoptr(GError) error = NULL;
  g_autofree char *llmid = *id != '\0' ? yj_llmid_parse (id, &error) : NULL;
  gboolean good = *name != '\0' && (*id == '\0' || llmid != NULL);

  adw_alert_dialog_set_response_enabled (adder->dialog, "add", good);
  gtk_label_set_label (adder->said, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (adder->said), error != NULL);
}

static GtkWidget *
new_entry (Adder      *adder,
           GtkWidget  *list,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set (row, "input-hints", GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI, "activates-default", TRUE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check), adder);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
new_content (Adder       *adder,
             char       **given)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9), *list = gtk_list_box_new ();
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr(GtkExpression) expression = NULL;
  guint n = g_strv_length (given);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (adder->likes)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (adder->likes), i);

      gtk_string_list_take (labels, dup_label (model));
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adder->name = GTK_EDITABLE (new_entry (adder, list, _("Name on the Platform"), n > 1 ? given[1] : NULL));
  adder->title = GTK_EDITABLE (new_entry (adder, list, _("Title"), n > 2 ? given[2] : NULL));
  adder->llmid = GTK_EDITABLE (new_entry (adder, list, _("Model ID (llmid)"), n > 3 ? given[3] : NULL));
  adder->like = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Takes the Same As"), "use-subtitle", TRUE, NULL);
  expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  adw_combo_row_set_expression (adder->like, expression);
  adw_combo_row_set_model (adder->like, G_LIST_MODEL (labels));
  gtk_accessible_update_property (GTK_ACCESSIBLE (adder->like), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Takes the Same As"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (adder->like));
  adder->said = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "visible", FALSE,
                              "css-classes", (const char *[]) { "caption", "error", NULL }, NULL);
  gtk_box_append (GTK_BOX (column), list);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (adder->said));
  return column;
}

static void
say (GtkWidget  *parent,
     const char *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (parent, ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
response_cb (AdwAlertDialog *dialog,
             const char     *response,
             Adder          *adder)
{
  GtkWidget *parent = g_object_get_data (G_OBJECT (dialog), "yj-parent");
  g_autoptr(YjModel) like = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *llmid = NULL, *name = NULL, *title = NULL;

  if (!g_str_equal (response, "add"))
    return;

  like = g_list_model_get_item (G_LIST_MODEL (adder->likes), adw_combo_row_get_selected (adder->like));
  llmid = yj_llmid_parse (gtk_editable_get_text (adder->llmid), NULL);
  name = g_strstrip (g_strdup (gtk_editable_get_text (adder->name)));
  title = g_strstrip (g_strdup (gtk_editable_get_text (adder->title)));
  if (like == NULL || yj_catalog_add_model (yj_session_get_catalog (adder->session), like, name, title, llmid, &error) == NULL)
    {
      say (parent, error != NULL ? error->message : "");
      return;
    }
  yj_session_save_catalog (adder->session);
  say (parent, _("The model was added"));
}

void
yj_model_adder_present (GtkWidget  *parent,
                        YjSession  *session,
                        const char *given)
{
  g_auto(GStrv) parts = g_strsplit (given, "\n", 4);
  Adder *adder = g_new0 (Adder, 1);
  YjMode mode;

  adder->session = g_object_ref (session);
  adder->likes = g_list_store_new (YJ_TYPE_MODEL);
  list_likes (adder, parts[0] != NULL && yj_mode_from_string (parts[0], &mode) ? (int) mode : -1);
  adder->dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Add a Model"), _("The model plaza shows name and id.")));
  adw_alert_dialog_set_extra_child (adder->dialog, new_content (adder, parts));
  adw_alert_dialog_add_responses (adder->dialog, "cancel", _("_Cancel"), "add", _("_Add"), NULL);
  adw_alert_dialog_set_response_appearance (adder->dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (adder->dialog, "add");
  adw_alert_dialog_set_close_response (adder->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (adder->dialog), "yj-parent", g_object_ref (parent), g_object_unref);
  g_signal_connect_data (adder->dialog, "response", G_CALLBACK (response_cb), adder, adder_free, G_CONNECT_DEFAULT);
  check (adder);
  adw_dialog_set_focus (ADW_DIALOG (adder->dialog), GTK_WIDGET (adder->name));
  adw_dialog_present (ADW_DIALOG (adder->dialog), parent);
}
