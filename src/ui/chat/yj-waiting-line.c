/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-waiting-line"

#include "yj-waiting-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-attachment.h"
#include "yj-chip.h"
#include "yj-message-editor.h"

/**
 * YjWaitingLine:
 *
 * What is to be asked next, above the composer. A chip opens for a change; Ctrl+Left and Ctrl+Right move it, Delete
 * takes it away. If the line rests, a button lets it go.
 */
struct _YjWaitingLine
{
  GtkWidget       parent_instance;
  GtkBox         *chips;
  GtkWidget      *go_button;
  YjLibrary      *library;
  YjConversation *conversation;
};

G_DEFINE_FINAL_TYPE (YjWaitingLine, yj_waiting_line, GTK_TYPE_WIDGET)

#define LABEL_CHARS 40

static GListStore *
get_line (YjWaitingLine *self)
{
  return yj_conversation_get_waiting (self->conversation);
}

static GtkWidget *
get_chip (YjWaitingLine *self,
          guint          position)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  while (chip != NULL && position-- > 0)
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

/* ---- what is done with one */

static gboolean
find (YjWaitingLine *self,
      GtkWidget     *chip,
      guint         *position)
{
  YjWaiting *waiting = g_object_get_data (G_OBJECT (chip), "waiting");

  return self->conversation != NULL && g_list_store_find (get_line (self), waiting, position);
}

static void
removed_cb (YjWaitingLine *self,
            GtkWidget     *chip)
{
  guint position;

  if (!find (self, chip, &position))
    return;
  g_list_store_remove (get_line (self), position);
  yj_library_save_waiting (self->library, self->conversation);
  chip = get_chip (self, position > 0 ? position - 1 : 0);
  if (chip != NULL)
    gtk_widget_grab_focus (chip);
}

static void
move (YjWaitingLine *self,
      GtkWidget     *chip,
      int            by)
{
  g_autoptr(YjWaiting) waiting = NULL;
  guint position;

  if (!find (self, chip, &position) || (by < 0 && position == 0) ||
      (by > 0 && position + 1 == g_list_model_get_n_items (G_LIST_MODEL (get_line (self)))))
    return;
  waiting = g_list_model_get_item (G_LIST_MODEL (get_line (self)), position);
  g_list_store_remove (get_line (self), position);
  g_list_store_insert (get_line (self), position + by, waiting);
  yj_library_save_waiting (self->library, self->conversation);
  gtk_widget_grab_focus (get_chip (self, position + by));
}

static void
move_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjWaitingLine *self = YJ_WAITING_LINE (widget);
  GtkWidget *chip = gtk_widget_get_focus_child (GTK_WIDGET (self->chips));

  if (chip != NULL)
    move (self, chip, g_variant_get_int32 (parameter));
}

/* ---- changing one */

static void
saved_cb (GtkPopover *popover,
          const char *text)
{
  GtkWidget *chip = gtk_widget_get_parent (GTK_WIDGET (popover));
  YjWaitingLine *self = YJ_WAITING_LINE (gtk_widget_get_ancestor (chip, YJ_TYPE_WAITING_LINE));
  guint position;

  /* It may have had its turn meanwhile. */
  if (find (self, chip, &position))
    {
      YjWaiting *waiting = g_object_get_data (G_OBJECT (chip), "waiting");

      g_object_set (waiting, "text", text, NULL);
      yj_library_save_waiting (self->library, self->conversation);
    }
  gtk_popover_popdown (popover);
}

static void
earlier_cb (GtkPopover *popover)
{
  GtkWidget *chip = gtk_widget_get_parent (GTK_WIDGET (popover));

  move (YJ_WAITING_LINE (gtk_widget_get_ancestor (chip, YJ_TYPE_WAITING_LINE)), chip, -1);
}

static void
later_cb (GtkPopover *popover)
{
  GtkWidget *chip = gtk_widget_get_parent (GTK_WIDGET (popover));

  move (YJ_WAITING_LINE (gtk_widget_get_ancestor (chip, YJ_TYPE_WAITING_LINE)), chip, 1);
}

static GtkWidget *
new_move_button (GtkPopover *popover,
                 const char *icon_name,
                 const char *name,
                 GCallback   callback,
                 gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, sensitive);
  g_signal_connect_swapped (button, "clicked", callback, popover);
  return button;
}

static void
closed_cb (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static void
activated_cb (YjWaitingLine *self,
              GtkWidget     *chip)
{
  YjWaiting *waiting = g_object_get_data (G_OBJECT (chip), "waiting");
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *moves = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *editor = yj_message_editor_new (yj_waiting_get_text (waiting), NULL, FALSE);
  guint position, n = g_list_model_get_n_items (G_LIST_MODEL (get_line (self)));

  if (!find (self, chip, &position))
    position = 0;
  gtk_box_append (GTK_BOX (moves), new_move_button (GTK_POPOVER (popover), "go-previous-symbolic", _("Earlier"),
                                                    G_CALLBACK (earlier_cb), position > 0));
  gtk_box_append (GTK_BOX (moves), new_move_button (GTK_POPOVER (popover), "go-next-symbolic", _("Later"),
                                                    G_CALLBACK (later_cb), position + 1 < n));
  gtk_widget_set_visible (moves, n > 1);
  gtk_box_append (GTK_BOX (box), moves);
  gtk_box_append (GTK_BOX (box), editor);
  gtk_widget_set_size_request (box, 280, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_TOP);
  g_signal_connect_object (editor, "save", G_CALLBACK (saved_cb), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "cancel", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (popover, chip);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (editor);
}

/* ---- the chips */

/* The beginning of the words in one line; without any, what the first attachment is called. */
static char *
dup_label (YjWaiting *waiting)
{
  g_autoptr(GListModel) attachments = yj_attachment_parse (yj_waiting_get_text (waiting));
  g_autoptr(YjAttachment) first = g_list_model_get_item (attachments, 0);
  const char *body = yj_attachment_get_body (yj_waiting_get_text (waiting));
  const char *text = *body == '\0' && first != NULL ? yj_attachment_get_name (first) : body;
  g_autofree char *start = g_utf8_strlen (text, -1) <= LABEL_CHARS ? g_strdup (text) :
                           g_utf8_substring (text, 0, LABEL_CHARS);
  const char *more = strlen (start) < strlen (text) ? "…" : "";

  return g_strconcat (g_strdelimit (start, "\r\n\t", ' '), more, NULL);
}

static void
text_cb (YjWaiting  *waiting,
         GParamSpec *pspec,
         YjChip     *chip)
{
  g_autofree char *label = dup_label (waiting);

  yj_chip_set_label (chip, label);
}

static GtkWidget *
new_chip (YjWaitingLine *self,
          YjWaiting     *waiting)
{
  g_autofree char *label = dup_label (waiting);
  GtkWidget *chip = yj_chip_new ("document-open-recent-symbolic", label, NULL);

  g_object_set (chip, "removable", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (chip), "waiting", g_object_ref (waiting), g_object_unref);
  g_signal_connect_object (waiting, "notify::text", G_CALLBACK (text_cb), chip, 0);
  g_signal_connect_swapped (chip, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (chip, "removed", G_CALLBACK (removed_cb), self);
  return chip;
}

static void
update (YjWaitingLine *self)
{
  guint n = self->conversation != NULL ? g_list_model_get_n_items (G_LIST_MODEL (get_line (self))) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_widget_set_visible (self->go_button, n > 0 && yj_conversation_get_waiting_rests (self->conversation) &&
                          !yj_conversation_get_busy (self->conversation));
}

static void
items_changed_cb (YjWaitingLine *self,
                  guint          position,
                  guint          removed,
                  guint          added)
{
  for (; removed > 0; removed--)
    {
      GtkWidget *chip = get_chip (self, position);
      GtkWidget *popover = gtk_widget_get_last_child (chip);

      if (GTK_IS_POPOVER (popover))
        gtk_widget_unparent (popover);
      gtk_box_remove (self->chips, chip);
    }
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(YjWaiting) waiting = g_list_model_get_item (G_LIST_MODEL (get_line (self)), i);

      gtk_box_insert_child_after (self->chips, new_chip (self, waiting), i > 0 ? get_chip (self, i - 1) : NULL);
    }
  update (self);
}

/* ---- the object */

static void
yj_waiting_line_dispose (GObject *object)
{
  YjWaitingLine *self = YJ_WAITING_LINE (object);
  GtkWidget *child;

  yj_waiting_line_set_conversation (self, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_WAITING_LINE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (yj_waiting_line_parent_class)->dispose (object);
}

static void
yj_waiting_line_class_init (YjWaitingLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_waiting_line_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-waiting-line.ui");
  gtk_widget_class_bind_template_child (widget_class, YjWaitingLine, chips);
  gtk_widget_class_bind_template_child (widget_class, YjWaitingLine, go_button);
  gtk_widget_class_set_css_name (widget_class, "yj-waiting");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_install_action (widget_class, "waiting.move", "i", move_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_CONTROL_MASK, "waiting.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_CONTROL_MASK, "waiting.move", "i", 1);
}

static void
yj_waiting_line_init (YjWaitingLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_waiting_line_set_conversation:
 * @self: a waiting line
 * @library: (nullable): where it is kept
 * @conversation: (nullable): whose messages wait
 */
void
yj_waiting_line_set_conversation (YjWaitingLine  *self,
                                  YjLibrary      *library,
                                  YjConversation *conversation)
{
  g_return_if_fail (YJ_IS_WAITING_LINE (self));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_line (self), self);
      g_signal_handlers_disconnect_by_data (self->conversation, self);
      items_changed_cb (self, 0, g_list_model_get_n_items (G_LIST_MODEL (get_line (self))), 0);
    }
  g_set_object (&self->library, library);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      g_signal_connect_swapped (get_line (self), "items-changed", G_CALLBACK (items_changed_cb), self);
      g_signal_connect_swapped (conversation, "notify::waiting-rests", G_CALLBACK (update), self);
      g_signal_connect_swapped (conversation, "notify::busy", G_CALLBACK (update), self);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (get_line (self))));
    }
  update (self);
}
