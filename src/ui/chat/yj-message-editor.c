/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message-editor"

#include "yj-message-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-attachment-strip.h"

/**
 * YjMessageEditor:
 *
 * Changes the text of a question that was asked, or of one that waits. Enter breaks the line, as what is written here
 * is corrected rather than said; Ctrl+Enter does what the last button says and Escape leaves all as it was. What is
 * attached to it is shown above the words and stays as it is.
 */
struct _YjMessageEditor
{
  GtkWidget      parent_instance;
  GtkTextView   *view;
  GtkWidget     *scroller;
  GtkWidget     *save_button;
  GtkWidget     *ask_button;
  GtkTextBuffer *buffer;
  GListModel    *attachments;
  char          *text;          /* the words as they were */
  gboolean       can_ask;
  gboolean       busy;
};

enum
{
  SAVE,
  ASK,
  CANCEL,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjMessageEditor, yj_message_editor, GTK_TYPE_WIDGET)

static char *
dup_stripped (YjMessageEditor *self)
{
  return g_strstrip (yj_message_editor_dup_text (self));
}

static void
update (YjMessageEditor *self)
{
  g_autofree char *text = dup_stripped (self);
  gboolean something = *text != '\0' || g_list_model_get_n_items (self->attachments) > 0;

  gtk_widget_set_sensitive (self->save_button, something && !g_str_equal (text, self->text));
  /* The same words may be asked again, too. */
  gtk_widget_set_sensitive (self->ask_button, something && !self->busy);
}

static void
buffer_changed_cb (YjMessageEditor *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_text (YjMessageEditor *self,
           guint            signal)
{
  g_autofree char *words = dup_stripped (self);
  g_autofree char *text = yj_attachment_compose (self->attachments, words);

  g_signal_emit (self, signals[signal], 0, text);
}

static void
save_cb (YjMessageEditor *self)
{
  emit_text (self, SAVE);
}

static void
ask_cb (YjMessageEditor *self)
{
  emit_text (self, ASK);
}

static void
cancel_cb (YjMessageEditor *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static gboolean
key_pressed_cb (YjMessageEditor       *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  GtkWidget *button = self->can_ask ? self->ask_button : self->save_button;

  /* First the input method, which may have use for either key. */
  if (key != GDK_KEY_Escape && key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return FALSE;
  if (gtk_text_view_im_context_filter_keypress (self->view, gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller))))
    return TRUE;
  if (key == GDK_KEY_Escape)
    {
      cancel_cb (self);
      return TRUE;
    }
  if ((modifiers & GDK_CONTROL_MASK) == 0)
    return FALSE;
  if (gtk_widget_is_sensitive (button))
    emit_text (self, self->can_ask ? ASK : SAVE);
  return TRUE;
}

/* ---- the object */

static gboolean
yj_message_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YJ_MESSAGE_EDITOR (widget)->view));
}

static void
yj_message_editor_dispose (GObject *object)
{
  YjMessageEditor *self = YJ_MESSAGE_EDITOR (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MESSAGE_EDITOR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->attachments);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (yj_message_editor_parent_class)->dispose (object);
}

static void
yj_message_editor_class_init (YjMessageEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_message_editor_dispose;
  widget_class->grab_focus = yj_message_editor_grab_focus;

  signals[SAVE] = g_signal_new ("save", YJ_TYPE_MESSAGE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ASK] = g_signal_new ("ask", YJ_TYPE_MESSAGE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCEL] = g_signal_new ("cancel", YJ_TYPE_MESSAGE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", YJ_TYPE_MESSAGE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-message-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, YjMessageEditor, view);
  gtk_widget_class_bind_template_child (widget_class, YjMessageEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, YjMessageEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, YjMessageEditor, ask_button);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_css_name (widget_class, "yj-editor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_message_editor_init (YjMessageEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->attachments = yj_attachment_parse ("");
  self->text = g_strdup ("");
  self->can_ask = TRUE;
  self->buffer = gtk_text_view_get_buffer (self->view);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
}

/**
 * yj_message_editor_new:
 * @text: what is there, with what is attached
 * @edited: (nullable): what somebody had begun to make of the words
 * @can_ask: whether it can be asked again, and not only saved
 *
 * Returns: (transfer floating): an editor of it
 */
GtkWidget *
yj_message_editor_new (const char *text,
                       const char *edited,
                       gboolean    can_ask)
{
  YjMessageEditor *self = g_object_new (YJ_TYPE_MESSAGE_EDITOR, NULL);
  const char *words = yj_attachment_get_body (text);

  g_set_str (&self->text, words);
  if (words != text)
    {
      g_object_unref (self->attachments);
      self->attachments = yj_attachment_parse (text);
      gtk_widget_insert_after (yj_attachment_strip_new (self->attachments), GTK_WIDGET (self), NULL);
    }
  self->can_ask = can_ask;
  gtk_widget_set_visible (self->ask_button, can_ask);
  if (!can_ask)
    {
      gtk_button_set_label (GTK_BUTTON (self->save_button), _("Save"));
      gtk_widget_set_tooltip_text (self->save_button, NULL);
      gtk_widget_add_css_class (self->save_button, "suggested-action");
    }
  gtk_text_buffer_set_text (self->buffer, edited != NULL ? edited : words, -1);
  return GTK_WIDGET (self);
}

/**
 * yj_message_editor_dup_text:
 * @self: an editor
 *
 * Returns: (transfer full): the words that are written, as they stand there
 */
char *
yj_message_editor_dup_text (YjMessageEditor *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (YJ_IS_MESSAGE_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/**
 * yj_message_editor_set_busy:
 * @self: an editor
 * @busy: whether an answer is under way, so that nothing can be asked now
 */
void
yj_message_editor_set_busy (YjMessageEditor *self,
                            gboolean         busy)
{
  g_return_if_fail (YJ_IS_MESSAGE_EDITOR (self));

  self->busy = busy;
  update (self);
}
