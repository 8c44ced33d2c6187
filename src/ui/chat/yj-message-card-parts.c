/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message card has around its text, and in the place of it. */
#define G_LOG_DOMAIN "yj-message-card"

#include "yj-message-card-private.h"

#include <glib/gi18n.h>

/* Its buttons stand before it and its versions below; above it may be said that what is earlier is not told. */
void
yj_message_card_arrange_question (YjMessageCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_label_new (_("What is above this line is not sent to the model"));
  GtkWidget *parts[] = { self->footer, GTK_WIDGET (self->content) };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_object_ref (parts[i]);
      gtk_widget_unparent (parts[i]);
      gtk_box_append (GTK_BOX (row), parts[i]);
      g_object_unref (parts[i]);
    }
  gtk_label_set_wrap (GTK_LABEL (mark), TRUE);
  gtk_widget_add_css_class (mark, "caption");
  gtk_widget_add_css_class (mark, "yj-history-mark");
  g_object_bind_property (self->message, "history-begins", mark, "visible", G_BINDING_SYNC_CREATE);
  gtk_widget_insert_after (mark, GTK_WIDGET (self), NULL);
  gtk_widget_insert_after (row, GTK_WIDGET (self), mark);

  g_object_ref (self->versions);
  gtk_box_remove (GTK_BOX (self->footer), GTK_WIDGET (self->versions));
  gtk_widget_insert_after (GTK_WIDGET (self->versions), GTK_WIDGET (self), row);
  g_object_unref (self->versions);
  gtk_widget_set_halign (GTK_WIDGET (self->versions), GTK_ALIGN_END);
}

/**
 * yj_message_card_set_editor:
 * @self: the card of a question
 * @editor: (nullable): what stands in the place of its text; %NULL: the text again
 */
void
yj_message_card_set_editor (YjMessageCard *self,
                            GtkWidget     *editor)
{
  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));
  g_return_if_fail ((editor != NULL) == (self->shown_before == NULL));

  if (editor != NULL)
    g_set_object (&self->shown_before, adw_bin_get_child (self->content));
  adw_bin_set_child (self->content, editor != NULL ? editor : self->shown_before);
  if (editor == NULL)
    g_clear_object (&self->shown_before);
  gtk_widget_set_visible (self->footer, editor == NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), editor != NULL);
  gtk_widget_set_halign (GTK_WIDGET (self->content), editor != NULL ? GTK_ALIGN_FILL : GTK_ALIGN_END);
}

/**
 * yj_message_card_is_edited:
 * @self: a message card
 *
 * Returns: whether an editor stands in the place of its text
 */
gboolean
yj_message_card_is_edited (YjMessageCard *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE_CARD (self), FALSE);

  return self->shown_before != NULL;
}

/**
 * yj_message_card_focus_editor:
 * @self: a message card
 *
 * Gives the focus to the editor, if there is one.
 */
void
yj_message_card_focus_editor (YjMessageCard *self)
{
  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));

  if (self->shown_before != NULL)
    gtk_widget_grab_focus (adw_bin_get_child (self->content));
}

/**
 * yj_message_card_focus_versions:
 * @self: a message card
 * @by: -1: the way back, 1: the way on
 *
 * Gives the focus to the button that goes on between the versions as before, or to the other one at the last.
 */
void
yj_message_card_focus_versions (YjMessageCard *self,
                                int            by)
{
  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));

  if (!gtk_widget_child_focus (GTK_WIDGET (self->versions), by > 0 ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
