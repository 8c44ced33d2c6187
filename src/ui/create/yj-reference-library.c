/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-reference-library"

#include "yj-reference-library.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-error-text.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"

struct _YjReferenceLibrary
{
  AdwDialog        parent_instance;

  AdwToastOverlay *toasts;
  GtkEditable     *entry;
  GtkStack        *stack;
  GtkListView     *list;

  YjLibrary       *library;
  GListStore      *all;         /* of YjKeptReference; NULL until known */
  GtkFilter       *filter;
  char            *words;       /* what is searched for, folded; "" for all */
  GCancellable    *cancellable;
};

typedef enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
} YjReferenceLibrarySignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjReferenceLibrary, yj_reference_library, ADW_TYPE_DIALOG)

/* ---- searching */
static gboolean
has_words (const char *text,
           const char *words)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, words) != NULL;
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  YjReferenceLibrary *self = user_data;

  return *self->words == '\0' || has_words (yj_kept_reference_get_name (item), self->words) ||
         has_words (yj_kept_reference_get_note (item), self->words);
}

static void
show_page (YjReferenceLibrary *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (self->list)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : g_list_model_get_n_items (G_LIST_MODEL (self->all)) > 0 ? "nothing" : "empty");
}

static void
search_changed_cb (YjReferenceLibrary *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  g_free (self->words);
  self->words = g_utf8_casefold (text, -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->all != NULL)
    show_page (self);
}

static void
stop_search_cb (YjReferenceLibrary *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- choosing */
static void
choose (YjReferenceLibrary *self,
        guint               position)
{
  g_autoptr(YjKeptReference) reference = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (reference == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, reference);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
activate_cb (YjReferenceLibrary *self,
             guint               position)
{
  choose (self, position);
}

static void
entry_activate_cb (YjReferenceLibrary *self)
{
  if (self->all != NULL)
    choose (self, 0);
}

/* ---- names and notes */
typedef struct
{
  YjReferenceLibrary *self;     /* owned */
  YjKeptReference    *reference;
  GtkEditable        *name;
  GtkEditable        *note;
} Edit;

/* The button that had the focus goes with the row. */
static void
take_out (YjReferenceLibrary *self,
          YjKeptReference    *reference)
{
  guint position;

  if (self->all == NULL || !g_list_store_find (self->all, reference, &position))
    return;
  g_list_store_remove (self->all, position);
  show_page (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Edit *edit = user_data;
  g_autoptr(YjReferenceLibrary) self = edit->self;
  g_autoptr(YjKeptReference) reference = edit->reference;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);
  g_autofree char *name = NULL, *note = NULL;

  if (g_strcmp0 (response, "save") != 0)
    return;
  name = g_strstrip (g_strdup (gtk_editable_get_text (edit->name)));
  note = g_strstrip (g_strdup (gtk_editable_get_text (edit->note)));
  g_object_set (reference, "name", name, "note", note, NULL);
  yj_library_save_reference (self->library, reference);
  if (!yj_kept_reference_is_kept (reference))
    take_out (self, reference);
}

static GtkWidget *
new_entry (const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  return row;
}

static void
edit_cb (GtkButton   *button,
         GtkListItem *item)
{
  YjReferenceLibrary *self = YJ_REFERENCE_LIBRARY (gtk_widget_get_ancestor (GTK_WIDGET (button), YJ_TYPE_REFERENCE_LIBRARY));
  YjKeptReference *reference = gtk_list_item_get_item (item);
  GtkWidget *rows = adw_preferences_group_new ();
  const YjKeptFacts *facts = yj_kept_reference_get_facts (reference);
  AdwDialog *dialog = adw_alert_dialog_new (_("Name and Note"), facts->n_jobs > 0 || facts->n_trashed > 0 ? NULL
                                            : _("No job uses it any more. Clear both to let it go."));
  Edit *edit = g_new0 (Edit, 1);

  edit->self = g_object_ref (self);
  edit->reference = g_object_ref (reference);
  edit->name = GTK_EDITABLE (new_entry (_("Name"), yj_kept_reference_get_name (reference)));
  edit->note = GTK_EDITABLE (new_entry (_("Note"), yj_kept_reference_get_note (reference)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (rows), GTK_WIDGET (edit->name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (rows), GTK_WIDGET (edit->note));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), rows);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_dialog_set_focus (dialog, GTK_WIDGET (edit->name));
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), self->cancellable, edited_cb, edit);
}

/* ---- rows */
static char *
dup_facts (YjKeptReference *reference)
{
  const YjKeptFacts *facts = yj_kept_reference_get_facts (reference);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  if (facts->width > 0)
    /* translators: width and height in pixels */
    g_strv_builder_take (builder, g_strdup_printf (_("%1$d × %2$d"), facts->width, facts->height));
  if (facts->duration > 0)
    g_strv_builder_take (builder, yj_job_text_dup_duration (facts->duration));
  if (facts->size > 0)
    g_strv_builder_take (builder, g_format_size ((guint64) facts->size));
  if (facts->n_jobs > 0)
    /* translators: %d: in how many jobs */
    g_strv_builder_take (builder, g_strdup_printf (ngettext ("used in %d job", "used in %d jobs", facts->n_jobs), (int) facts->n_jobs));
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static void
show_row (YjKeptReference *reference,
          GParamSpec      *pspec,
          GtkListItem     *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkLabel *name = g_object_get_data (G_OBJECT (row), "name"), *note = g_object_get_data (G_OBJECT (row), "note");
  GtkWidget *edit = g_object_get_data (G_OBJECT (row), "edit");
  g_autofree char *facts = dup_facts (reference), *spoken = NULL;

  gtk_label_set_label (name, yj_kept_reference_get_name (reference));
  gtk_label_set_label (note, yj_kept_reference_get_note (reference));
  gtk_widget_set_visible (GTK_WIDGET (note), *yj_kept_reference_get_note (reference) != '\0');
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "facts"), facts);
  spoken = g_strdup_printf ("%s, %s %s", yj_kept_reference_get_name (reference), facts, yj_kept_reference_get_note (reference));
  gtk_list_item_set_accessible_label (item, spoken);
  g_free (spoken);
  /* translators: %s: what a picture, clip or sound is called */
  spoken = g_strdup_printf (_("Name and Note of %s"), yj_kept_reference_get_name (reference));
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static GtkWidget *
new_label (GtkWidget  *box,
           const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (class != NULL)
    {
      gtk_widget_add_css_class (label, class);
      /* what a narrow window would cut off is what the library is for */
      g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, NULL);
    }
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-top", 6, "margin-bottom", 6, NULL);
  GtkWidget *picture = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 96, "width-request", 72, "height-request", 54,
                                     "overflow", GTK_OVERFLOW_HIDDEN, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *text = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "hexpand", TRUE,
                                  "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *edit = g_object_new (GTK_TYPE_BUTTON, "icon-name", "document-edit-symbolic", "valign", GTK_ALIGN_CENTER,
                                  "tooltip-text", _("Name and Note"), NULL);

  gtk_widget_add_css_class (picture, "kept-picture");
  gtk_widget_add_css_class (edit, "flat");
  gtk_box_append (GTK_BOX (row), picture);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), edit);
  g_object_set_data (G_OBJECT (row), "picture", picture);
  g_object_set_data (G_OBJECT (row), "name", new_label (text, NULL));
  g_object_set_data (G_OBJECT (row), "facts", new_label (text, "caption"));
  g_object_set_data (G_OBJECT (row), "note", new_label (text, "caption"));
  gtk_widget_add_css_class (g_object_get_data (G_OBJECT (row), "facts"), "dimmed");
  g_object_set_data (G_OBJECT (row), "edit", edit);
  g_signal_connect_object (edit, "clicked", G_CALLBACK (edit_cb), item, G_CONNECT_DEFAULT);
  gtk_list_item_set_child (item, row);
}

static const char *
get_icon (const char *content_type)
{
  if (content_type != NULL && g_str_has_prefix (content_type, "audio/"))
    return "audio-x-generic-symbolic";
  if (content_type != NULL && g_str_has_prefix (content_type, "video/"))
    return "video-x-generic-symbolic";
  return "image-x-generic-symbolic";
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  YjKeptReference *reference = gtk_list_item_get_item (item);
  const char *type = yj_kept_reference_get_facts (reference)->content_type;
  gboolean sound = type != NULL && g_str_has_prefix (type, "audio/");

  g_object_set (g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "picture"), "icon-name", get_icon (type),
                "file", sound ? NULL : yj_kept_reference_get_file (reference), NULL);
  g_signal_connect_object (reference, "notify", G_CALLBACK (show_row), item, G_CONNECT_DEFAULT);
  show_row (reference, NULL, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
  g_object_set (g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "picture"), "file", NULL, NULL);
}

/* ---- type */
static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjReferenceLibrary) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) all = yj_library_list_references_finish (YJ_LIBRARY (object), result, &error);
  GtkFilterListModel *found;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (all == NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);
      AdwToast *toast = adw_toast_new (text);

      adw_toast_set_use_markup (toast, FALSE);
      adw_toast_overlay_add_toast (self->toasts, toast);
      return;
    }

  self->all = G_LIST_STORE (g_object_ref (all));
  found = gtk_filter_list_model_new (g_steal_pointer (&all), g_object_ref (self->filter));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (found))));
  g_object_unref (gtk_list_view_get_model (self->list));
  show_page (self);
}

static void
yj_reference_library_dispose (GObject *object)
{
  YjReferenceLibrary *self = YJ_REFERENCE_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_REFERENCE_LIBRARY);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->filter);
  g_clear_object (&self->all);
  g_clear_object (&self->library);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (yj_reference_library_parent_class)->dispose (object);
}

static void
yj_reference_library_class_init (YjReferenceLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_reference_library_dispose;

  /**
   * YjReferenceLibrary::chosen:
   * @reference: what is to be used again
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", YJ_TYPE_REFERENCE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, YJ_TYPE_KEPT_REFERENCE);

  g_type_ensure (YJ_TYPE_POSTER_IMAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-reference-library.ui");
  gtk_widget_class_bind_template_child (widget_class, YjReferenceLibrary, toasts);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceLibrary, entry);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceLibrary, stack);
  gtk_widget_class_bind_template_child (widget_class, YjReferenceLibrary, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
yj_reference_library_init (YjReferenceLibrary *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  self->words = g_strdup ("");
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * yj_reference_library_new:
 * @library: where the references are
 *
 * Returns: (transfer floating): a dialog in which one of them can be chosen
 */
AdwDialog *
yj_reference_library_new (YjLibrary *library)
{
  YjReferenceLibrary *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);

  self = g_object_new (YJ_TYPE_REFERENCE_LIBRARY, NULL);
  self->library = g_object_ref (library);
  yj_library_list_references_async (library, self->cancellable, listed_cb, g_object_ref (self));
  return ADW_DIALOG (self);
}
