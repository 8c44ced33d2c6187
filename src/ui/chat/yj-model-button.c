/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-model-button"

#include "yj-model-button.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_REMEMBERED 30

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
  GtkWidget      *default_button;

  GSettings      *settings;
  YjSession      *session;
  char           *model;
  gboolean        stream;
  GtkStringList  *models;       /* all that are known, favourites first */
  YjPlatform     *asked;        /* whose list is or will be remembered */
  GCancellable   *cancellable;
};

typedef enum
{
  PROP_SESSION = 1,
  PROP_MODEL,
  PROP_STREAM,
} YjModelButtonProps;

enum
{
  CHOSEN,
  STREAM_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *props[PROP_STREAM + 1];
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
add_models (YjModelButton      *self,
            const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (*names[i] != '\0' && !has_model (self, names[i]))
      gtk_string_list_append (self->models, names[i]);
}

static gboolean
is_favourite (YjModelButton *self,
              const char    *name)
{
  g_auto(GStrv) favourites = g_settings_get_strv (self->settings, "chat-favourite-models");

  return g_strv_contains ((const char * const *) favourites, name);
}

/* Favourites; what the platform last said it has; what the program knows; what was ever chosen. */
static void
collect (YjModelButton *self)
{
  YjCatalog *catalog = self->session != NULL ? yj_session_get_catalog (self->session) : NULL;
  g_auto(GStrv) favourites = g_settings_get_strv (self->settings, "chat-favourite-models");
  g_auto(GStrv) listed = g_settings_get_strv (self->settings, "chat-listed-models");
  g_auto(GStrv) remembered = g_settings_get_strv (self->settings, "chat-typed-models");
  const char *current[] = { self->model, NULL };

  gtk_string_list_splice (self->models, 0, g_list_model_get_n_items (G_LIST_MODEL (self->models)), NULL);
  add_models (self, (const char * const *) favourites);
  add_models (self, (const char * const *) listed);
  if (catalog != NULL)
    add_models (self, yj_catalog_get_chat_models (catalog));
  add_models (self, (const char * const *) remembered);
  add_models (self, current);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) models = yj_platform_list_models_finish (YJ_PLATFORM (object), result, &error);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;
  YjModelButton *self = user_data;

  if (models == NULL || models->len == 0)
    {
      /* An extra of the platform's: without it there are the remembered names, and any can be typed. */
      g_debug ("No list of models: %s", error != NULL ? error->message : "it is empty");
      return;
    }
  for (guint i = 0; i < models->len; i++)
    g_strv_builder_add (names, ((YjRemoteModel *) g_ptr_array_index (models, i))->id);
  list = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, "chat-listed-models", (const char * const *) list);
  /* What is on show stays where it is: what is new comes behind it. */
  add_models (self, (const char * const *) list);
}

static void
ask_platform (YjModelButton *self)
{
  YjPlatform *platform = self->session != NULL ? yj_session_get_platform (self->session) : NULL;

  if (platform == NULL || platform == self->asked)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->asked, platform);
  yj_platform_list_models_async (platform, "t2t", self->cancellable, listed_cb, self);
}

/* It moves to the top the next time the list is opened: nothing moves under the pointer. */
static void
star_toggled_cb (GtkToggleButton *star,
                 YjModelButton   *self)
{
  const char *name = g_object_get_data (G_OBJECT (star), "model");
  gboolean favourite = gtk_toggle_button_get_active (star);
  g_auto(GStrv) old = g_settings_get_strv (self->settings, "chat-favourite-models");
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (guint i = 0; old[i] != NULL; i++)
    if (!g_str_equal (old[i], name))
      g_strv_builder_add (names, old[i]);
  if (favourite)
    g_strv_builder_add (names, name);
  list = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, "chat-favourite-models", (const char * const *) list);
  gtk_button_set_icon_name (GTK_BUTTON (star), favourite ? "starred-symbolic" : "non-starred-symbolic");
}

static GtkWidget *
new_star (YjModelButton *self,
          const char    *name)
{
  GtkWidget *star = gtk_toggle_button_new ();
  gboolean favourite = is_favourite (self, name);
  /* translators: %s is a model's name; the button is pressed for a favourite */
  g_autofree char *label = g_strdup_printf (_("Favorite: %s"), name);

  gtk_button_set_icon_name (GTK_BUTTON (star), favourite ? "starred-symbolic" : "non-starred-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (star), favourite);
  gtk_widget_set_tooltip_text (star, _("Favorite"));
  gtk_widget_set_valign (star, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (star, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (star), "model", g_strdup (name), g_free);
  g_signal_connect_object (star, "toggled", G_CALLBACK (star_toggled_cb), self, G_CONNECT_DEFAULT);
  return star;
}

/* A name is what one chooses by: it takes a second line before it is cut. */
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
  gboolean chosen = g_strcmp0 (name, self->model) == 0;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (tick, chosen ? 1 : 0);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), new_star (self, name));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "model", g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, chosen ? _("Chosen") : "", -1);
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

/* The last one first. */
static void
remember (YjModelButton *self,
          const char    *model)
{
  g_auto(GStrv) old = g_settings_get_strv (self->settings, "chat-typed-models");
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  g_strv_builder_add (names, model);
  for (guint i = 0, n = 1; old[i] != NULL && n < MAX_REMEMBERED; i++)
    if (!g_str_equal (old[i], model))
      {
        g_strv_builder_add (names, old[i]);
        n++;
      }
  list = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, "chat-typed-models", (const char * const *) list);
}

static void
choose (YjModelButton *self,
        const char    *model)
{
  if (*model != '\0')
    {
      remember (self, model);
      yj_model_button_set_model (self, model);
      g_signal_emit (self, signals[CHOSEN], 0, model);
    }
  gtk_popover_popdown (self->popover);
}

static void
row_activated_cb (YjModelButton *self,
                  GtkListBoxRow *row)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "model"));

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
stream_toggled_cb (YjModelButton *self)
{
  gboolean stream = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->stream_check));

  if (self->stream == stream)
    return;
  self->stream = stream;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STREAM]);
  g_signal_emit (self, signals[STREAM_CHOSEN], 0, stream);
}

static void
update_default (YjModelButton *self)
{
  g_autofree char *preferred = g_settings_get_string (self->settings, "chat-model");

  gtk_widget_set_sensitive (self->default_button, g_strcmp0 (preferred, self->model) != 0);
}

static void
default_clicked_cb (YjModelButton *self)
{
  g_settings_set_string (self->settings, "chat-model", self->model);
  gtk_popover_popdown (self->popover);
}

static void
shown_cb (YjModelButton *self)
{
  collect (self);
  ask_platform (self);
  update_default (self);
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
    case PROP_STREAM:
      g_value_set_boolean (value, self->stream);
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
    case PROP_STREAM:
      self->stream = g_value_get_boolean (value);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->stream_check), self->stream);
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
  /* Whether answers come piece by piece in this conversation. */
  props[PROP_STREAM] = g_param_spec_boolean ("stream", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CHOSEN] = g_signal_new ("chosen", YJ_TYPE_MODEL_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STREAM_CHOSEN] = g_signal_new ("stream-chosen", YJ_TYPE_MODEL_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-model-button.ui");
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, button);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, label);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, popover);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, entry);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, list);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, use_button);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, stream_check);
  gtk_widget_class_bind_template_child (widget_class, YjModelButton, default_button);
  gtk_widget_class_bind_template_callback (widget_class, stream_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, default_clicked_cb);
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
 * yj_model_button_dup_models:
 * @self: a model button
 *
 * Returns: (transfer full): the names of all models that are known, favourites first
 */
GStrv
yj_model_button_dup_models (YjModelButton *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (YJ_IS_MODEL_BUTTON (self), NULL);

  collect (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    g_strv_builder_add (names, gtk_string_list_get_string (self->models, i));
  return g_strv_builder_end (names);
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
