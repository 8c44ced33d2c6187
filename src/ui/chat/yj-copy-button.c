/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-copy-button"

#include "yj-copy-button.h"

#include <glib/gi18n.h>

#include "yj-copy-content.h"

/* A button that copies a text and says so by a tick for a moment. */
struct _YjCopyButton
{
  GtkWidget  parent_instance;

  GtkWidget *button;
  char      *text;
  gboolean   is_markdown;
  guint      tick_source;
};

typedef enum
{
  PROP_TEXT = 1,
  PROP_LABEL,
} YjCopyButtonProps;

static GParamSpec *props[PROP_LABEL + 1];

G_DEFINE_FINAL_TYPE (YjCopyButton, yj_copy_button, GTK_TYPE_WIDGET)

static gboolean
tick_cb (gpointer user_data)
{
  YjCopyButton *self = user_data;

  self->tick_source = 0;
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "edit-copy-symbolic");
  return G_SOURCE_REMOVE;
}

static void
clicked_cb (YjCopyButton *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  const char *text = self->text != NULL ? self->text : "";

  if (self->is_markdown)
    {
      g_autoptr(GdkContentProvider) content = yj_copy_content_new_message (YJ_COPY_MARKDOWN, text);

      gdk_clipboard_set_content (clipboard, content);
    }
  else
    gdk_clipboard_set_text (clipboard, text);
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "object-select-symbolic");
  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->tick_source = g_timeout_add_seconds (2, tick_cb, self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
yj_copy_button_dispose (GObject *object)
{
  YjCopyButton *self = YJ_COPY_BUTTON (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (yj_copy_button_parent_class)->dispose (object);
}

static void
yj_copy_button_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YjCopyButton *self = YJ_COPY_BUTTON (object);

  switch ((YjCopyButtonProps) prop_id)
    {
    case PROP_TEXT:
      g_set_str (&self->text, g_value_get_string (value));
      break;
    case PROP_LABEL:
      gtk_widget_set_tooltip_text (self->button, g_value_get_string (value));
      break;
    }
}

static void
yj_copy_button_class_init (YjCopyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_copy_button_dispose;
  object_class->set_property = yj_copy_button_set_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
yj_copy_button_init (YjCopyButton *self)
{
  self->button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * yj_copy_button_new:
 * @tooltip: what it copies
 *
 * Returns: (transfer floating): a button with nothing to copy yet
 */
GtkWidget *
yj_copy_button_new (const char *tooltip)
{
  return g_object_new (YJ_TYPE_COPY_BUTTON, "label", tooltip, NULL);
}

/**
 * yj_copy_button_set_text:
 * @self: a copy button
 * @text: what a press of it copies
 */
void
yj_copy_button_set_text (YjCopyButton *self,
                         const char   *text)
{
  g_return_if_fail (YJ_IS_COPY_BUTTON (self));

  g_object_set (self, "text", text, NULL);
}

/**
 * yj_copy_button_set_markdown:
 * @self: a copy button
 * @text: what a press of it copies: Markdown, which programs that paste rich text get as such
 */
void
yj_copy_button_set_markdown (YjCopyButton *self,
                             const char   *text)
{
  g_return_if_fail (YJ_IS_COPY_BUTTON (self));

  self->is_markdown = TRUE;
  g_object_set (self, "text", text, NULL);
}
