/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-model-chooser"

#include "yj-model-chooser.h"

#include <glib/gi18n.h>

#include "yj-console.h"

struct _YjModelChooser
{
  AdwBin              parent_instance;

  AdwComboRow        *row;
  AdwEntryRow        *llmid_row;
  AdwPreferencesRow  *note_row;
  GtkLabel           *note;
  GtkWidget          *about_button;
  GtkLabel           *about;

  YjSession          *session;
  YjModel            *model;
  GListStore         *models;   /* those of the mode */
  gboolean            updating;
};

typedef enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
} YjModelChooserSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjModelChooser, yj_model_chooser, ADW_TYPE_BIN)

/* Provider and name, as far as known: "Alibaba Cloud · happyhorse-1.0-i2v". */
static char *
dup_description (YjModel *model)
{
  const char *provider = yj_model_get_provider (model);
  g_autofree char *text = provider != NULL ? g_strdup_printf ("%s · %s", provider, yj_model_get_name (model))
                                           : g_strdup (yj_model_get_name (model));

  if (yj_model_get_llmid (model) != NULL)
    return g_steal_pointer (&text);

  /* translators: %s: provider and name of a model */
  return g_strdup_printf (_("%s · id not known"), text);
}

/* ---- lines of the list */
static void
show_check (GtkListItem *item)
{
  GtkWidget *check = g_object_get_data (G_OBJECT (item), "yj-check");
  AdwComboRow *row = g_object_get_data (G_OBJECT (item), "yj-row");

  gtk_widget_set_opacity (check, adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  YjModelChooser *self = YJ_MODEL_CHOOSER (user_data);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, NULL);
  GtkWidget *description = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END,
                                         "max-width-chars", 36, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (description, "caption");
  gtk_widget_add_css_class (description, "dimmed");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_top (words, 3);
  gtk_widget_set_margin_bottom (words, 3);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), description);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), check);
  gtk_list_item_set_child (item, line);
  g_object_set_data (G_OBJECT (item), "yj-title", title);
  g_object_set_data (G_OBJECT (item), "yj-description", description);
  g_object_set_data (G_OBJECT (item), "yj-check", check);
  g_object_set_data (G_OBJECT (item), "yj-row", self->row);
  g_signal_connect_object (self->row, "notify::selected-item", G_CALLBACK (show_check), item, G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  YjModel *model = gtk_list_item_get_item (item);
  g_autofree char *description = dup_description (model);

  gtk_label_set_label (g_object_get_data (G_OBJECT (item), "yj-title"), yj_model_get_title (model));
  gtk_label_set_label (g_object_get_data (G_OBJECT (item), "yj-description"), description);
  show_check (item);
}

/* ---- the chosen one */
static void
show_model (YjModelChooser *self)
{
  g_autofree char *description = dup_description (self->model), *about = NULL;
  const char *note = yj_model_get_note (self->model), *provider = yj_model_get_provider (self->model);
  gboolean known = yj_model_get_llmid (self->model) != NULL;

  about = note != NULL ? g_strdup_printf ("%s\n\n%s", description, note) : g_strdup (description);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), provider != NULL ? provider : "");
  gtk_widget_set_visible (GTK_WIDGET (self->llmid_row), !known);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_row), !known && note != NULL);
  gtk_label_set_label (self->about, about);
  gtk_widget_set_visible (self->about_button, known);
}

static void
selected_cb (YjModelChooser *self)
{
  YjModel *model = adw_combo_row_get_selected_item (self->row);

  if (self->updating || model == NULL || model == self->model)
    return;

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, model);
}

static void
apply_cb (YjModelChooser *self)
{
  g_autofree char *llmid = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->llmid_row))));

  if (*llmid == '\0')
    return;

  yj_catalog_set_llmid (yj_session_get_catalog (self->session), self->model, llmid);
  yj_session_save_catalog (self->session);
  gtk_editable_set_text (GTK_EDITABLE (self->llmid_row), "");
  show_model (self);
}

static void
plaza_cb (YjModelChooser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (YJ_IS_WINDOW (root))
    yj_console_open (YJ_WINDOW (root), "models");
}

/* ---- type */
static void
yj_model_chooser_dispose (GObject *object)
{
  YjModelChooser *self = YJ_MODEL_CHOOSER (object);

  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MODEL_CHOOSER);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (yj_model_chooser_parent_class)->dispose (object);
}

static void
yj_model_chooser_class_init (YjModelChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_model_chooser_dispose;

  /**
   * YjModelChooser::chosen:
   * @model: the model
   *
   * The person chose a model.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", YJ_TYPE_MODEL_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, YJ_TYPE_MODEL);

  g_type_ensure (YJ_TYPE_MODEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-model-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, llmid_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, note_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, note);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, about_button);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, about);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, plaza_cb);
}

static void
yj_model_chooser_init (YjModelChooser *self)
{
  self->models = g_list_store_new (YJ_TYPE_MODEL);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->row, G_LIST_MODEL (self->models));
}

/**
 * yj_model_chooser_set_session:
 * @self: a chooser
 * @session: (nullable): whose catalogue it shows and completes
 */
void
yj_model_chooser_set_session (YjModelChooser *self,
                              YjSession      *session)
{
  g_return_if_fail (YJ_IS_MODEL_CHOOSER (self));

  g_set_object (&self->session, session);
}

/**
 * yj_model_chooser_set_model:
 * @self: a chooser with a session
 * @model: the model of the draft
 *
 * Shows @model, and offers those of the same mode.
 */
void
yj_model_chooser_set_model (YjModelChooser *self,
                            YjModel        *model)
{
  GListModel *catalog;
  guint position;

  g_return_if_fail (YJ_IS_MODEL_CHOOSER (self));
  g_return_if_fail (YJ_IS_MODEL (model));

  if (!g_set_object (&self->model, model))
    return;

  self->updating = TRUE;
  if (!g_list_store_find (self->models, model, &position))
    {
      g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);

      catalog = G_LIST_MODEL (yj_session_get_catalog (self->session));
      for (guint i = 0; i < g_list_model_get_n_items (catalog); i++)
        {
          g_autoptr(YjModel) other = g_list_model_get_item (catalog, i);

          if (yj_model_get_mode (other) == yj_model_get_mode (model))
            g_ptr_array_add (models, g_steal_pointer (&other));
        }
      g_list_store_splice (self->models, 0, g_list_model_get_n_items (G_LIST_MODEL (self->models)), models->pdata, models->len);
    }
  if (g_list_store_find (self->models, model, &position))
    adw_combo_row_set_selected (self->row, position);
  self->updating = FALSE;
  show_model (self);
}
