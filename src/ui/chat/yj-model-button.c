/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-model-button"

#include "yj-model-button.h"

#include <glib/gi18n.h>
#include <string.h>

struct _YjModelButton
{
  GtkWidget       parent_instance;

  GtkMenuButton  *button;
  GtkLabel       *label;
  GtkPopover     *popover;
  GtkEditable    *entry;
  GtkListBox     *list;
  GtkWidget      *use_button;
  GtkWidget      *stream_check;

  GSettings      *settings;
  YjSession      *session;
  char           *model;
  GtkStringList  *models;
  YjPlatform     *asked;        /* whose list is or will be in models */
  GCancellable   *cancellable;
};

typedef enum
{
  PROP_SESSION = 1,
  PROP_MODEL,
} YjModelButtonProps;

enum
{
  CHOSEN,
  N_SIGNALS,
};

static GParamSpec *props[PROP_MODEL + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjModelButton, yj_model_button, GTK_TYPE_WIDGET)

/* ---- the list */

static gboolean
has_model (YjModelButton *self,
           const char    *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    if (g_str_equal (gtk_string_list_get_string (self->models, i), name))
      return TRUE;
  return FALSE;
}

static void
add_model (YjModelButton *self,
           const char    *name)
{
  if (name != NULL && *name != '\0' && !has_model (self, name))
    gtk_string_list_append (self->models, name);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) models = yj_platform_list_models_finish (YJ_PLATFORM (object), result, &error);
  YjModelButton *self = user_data;

  if (models == NULL)
    {
      /* An extra of the platform's: without it there are the known names, and any can be typed. */
      g_debug ("No list of models: %s", error->message);
      return;
    }
  for (guint i = 0; i < models->len; i++)
    add_model (self, ((YjRemoteModel *) g_ptr_array_index (models, i))->id);
}

static void
fill (YjModelButton *self)
{
  YjCatalog *catalog = self->session != NULL ? yj_session_get_catalog (self->session) : NULL;
  YjPlatform *platform = self->session != NULL ? yj_session_get_platform (self->session) : NULL;

  for (const char * const *name = catalog != NULL ? yj_catalog_get_chat_models (catalog) : NULL; name != NULL && *name != NULL; name++)
    add_model (self, *name);
  add_model (self, self->model);
  if (platform != NULL && platform != self->asked)
    {
      g_cancellable_cancel (self->cancellable);
      g_object_unref (self->cancellable);
      self->cancellable = g_cancellable_new ();
      g_set_object (&self->asked, platform);
      yj_platform_list_models_async (platform, "t2t", self->cancellable, listed_cb, self);
    }
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  YjModelButton *self = user_data;
  const char *name = gtk_string_object_get_string (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (tick, g_strcmp0 (name, self->model) == 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  YjModelButton *self = user_data;
  g_autofree char *sought = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);
  g_autofree char *name = g_utf8_casefold (gtk_string_object_get_string (item), -1);

  return strstr (name, g_strstrip (sought)) != NULL;
}

static void
refill_list (YjModelButton *self)
{
  GtkFilterListModel *found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->models)),
                                                         GTK_FILTER (gtk_custom_filter_new (matches, self, NULL)));

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (found), create_row, self, NULL);
  g_object_unref (found);
}

static char *
dup_typed (YjModelButton *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static void
search_changed_cb (YjModelButton *self)
{
  g_autofree char *typed = dup_typed (self);
  /* translators: %s is a model's name as typed */
  g_autofree char *label = g_strdup_printf (_("Use “%s”"), typed);

  refill_list (self);
  gtk_button_set_label (GTK_BUTTON (self->use_button), label);
  gtk_widget_set_visible (self->use_button, *typed != '\0' && !has_model (self, typed));
}

static void
choose (YjModelButton *self,
        const char    *model)
{
  if (*model != '\0')
    {
      yj_model_button_set_model (self, model);
      g_signal_emit (self, signals[CHOSEN], 0, model);
    }
  gtk_popover_popdown (self->popover);
}

static void
row_activated_cb (YjModelButton *self,
                  GtkListBoxRow *row)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_box_row_get_child (row));
  g_autofree char *name = g_strdup (gtk_label_get_text (GTK_LABEL (label)));

  choose (self, name);
}

static void
use_clicked_cb (YjModelButton *self)
{
  g_autofree char *typed = dup_typed (self);

  choose (self, typed);
}

/* Enter takes the only one that is left, else exactly what was typed. */
static void
entry_activate_cb (YjModelButton *self)
{
  g_autofree char *typed = dup_typed (self);
  GtkListBoxRow *only = gtk_list_box_get_row_at_index (self->list, 0);

  /* What is on show may be a moment behind the keys. */
  search_changed_cb (self);
  if (!has_model (self, typed) && only != NULL && gtk_list_box_get_row_at_index (self->list, 1) == NULL)
    row_activated_cb (self, gtk_list_box_get_row_at_index (self->list, 0));
  else
    choose (self, typed);
}

static void
stop_search_cb (YjModelButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
shown_cb (YjModelButton *self)
{
  fill (self);
  gtk_editable_set_text (self->entry, "");
  refill_list (self);
  gtk_widget_set_visible (self->use_button, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- the object */

static void
yj_model_button_dispose (GObject *object)
{
  YjModelButton *self = YJ_MODEL_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MODEL_BUTTON);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->asked);
  g_clear_object (&self->models);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->model, g_free);

  G_OBJECT_CLASS (yj_model_button_parent_class)->dispose (object);
}

static void
yj_model_button_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjModelButton *self = YJ_MODEL_BUTTON (object);

  switch ((YjModelButtonProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_MODEL:
      g_value_set_string (value, self->model);
      break;
    }
}

static void
yj_model_button_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjModelButton *self = YJ_MODEL_BUTTON (object);

  switch ((YjModelButtonProps) prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    case PROP_MODEL:
      yj_model_button_set_model (self, g_value_get_string (value));
      break;
    }
}

static void
yj_model_button_class_init (YjModelButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_model_button_dispose;
  object_class->get_property = yj_model_button_get_property;
  object_class->set_property = yj_model_button_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CHOSEN] = g_signal_new ("chosen", YJ_TYPE_MODEL_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-model-button.ui");
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, button);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, label);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, popover);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, entry);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, list);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, use_button);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, stream_check);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
yj_model_button_init (YjModelButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->models = gtk_string_list_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (YJ_APP_ID);
  g_settings_bind (self->settings, "chat-stream", self->stream_check, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * yj_model_button_get_model:
 * @self: a model button
 *
 * Returns: (nullable): the model's name on the wire
 */
const char *
yj_model_button_get_model (YjModelButton *self)
{
  g_return_val_if_fail (YJ_IS_MODEL_BUTTON (self), NULL);

  return self->model;
}

/**
 * yj_model_button_set_model:
 * @self: a model button
 * @model: (nullable): a model's name on the wire, known or not
 */
void
yj_model_button_set_model (YjModelButton *self,
                           const char    *model)
{
  g_return_if_fail (YJ_IS_MODEL_BUTTON (self));

  if (!g_set_str (&self->model, model))
    return;
  gtk_label_set_text (self->label, model != NULL ? model : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, model != NULL ? model : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}
