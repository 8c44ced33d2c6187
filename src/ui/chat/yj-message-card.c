/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-message-card"

#include "yj-message-card-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "yj-attachment-strip.h"
#include "yj-copy-button.h"
#include "yj-copy-content.h"
#include "yj-error-text.h"
#include "yj-facts-button.h"
#include "yj-markdown-view.h"
#include "yj-message-actions.h"
#include "yj-message-tools.h"
#include "yj-message-versions.h"
#include "yj-reasoning-view.h"
#include "yj-rich-label.h"
#include "yj-text-piece.h"
#include "yj-text.h"
#include "yj-way-out.h"

/* One message. A question is shown as it was typed, in a box; an answer as rich text that grows. Whatever changes in the
 * message, the widgets are brought up to it at most once a frame. */

#define ANNOUNCED_CHARS 600
#define BYTES_A_FRAME 24576     /* of what has come, at most: the window answers while a flood comes in */
#define FIRST_BYTES 1200        /* and of the first window full, which has the fonts loaded and all widgets made */
#define FIRST_WINDOW 3600
#define CALM_BYTES 32          /* fewer than these in a frame … */
#define CALM_INTERVAL 24000     /* … are shown thirty times a second: in the frame after this, µs */
#define OPENED_REACH 1500      /* px of thoughts, until whoever shows the card says more */
#define SPACING 6               /* as in the template */

enum
{
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjMessageCard, yj_message_card, GTK_TYPE_WIDGET)

/* ---- what is under an answer */

/* What has to be done before it makes sense to try again. */
static void
update_way_out (YjMessageCard *self)
{
  int code = yj_message_get_state (self->message) == YJ_MESSAGE_FAILED ? yj_message_get_error_code (self->message) : -1;

  gtk_widget_set_visible (self->way_out, yj_way_out_set (GTK_BUTTON (self->way_out), code) && self->last);
}

static void
update_notice (YjMessageCard *self)
{
  YjMessageState state = yj_message_get_state (self->message);
  g_autofree char *text = NULL;

  switch (state)
    {
    case YJ_MESSAGE_STREAMING:
    case YJ_MESSAGE_COMPLETE:
      break;
    case YJ_MESSAGE_STOPPED:
      text = g_strdup (_("You stopped this answer."));
      break;
    case YJ_MESSAGE_CUT:
    case YJ_MESSAGE_FAILED:
      if (yj_message_get_error_code (self->message) >= 0)
        text = yj_error_text_dup_code (yj_message_get_error_code (self->message), yj_message_get_error (self->message));
      else
        text = g_strdup (_("This answer was cut off before its end."));
      break;
    }
  gtk_widget_set_visible (self->notice, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (self->notice_label, text);
  gtk_widget_set_visible (self->try_again, self->last);
  gtk_widget_set_visible (self->go_on, self->last && *yj_message_get_text (self->message) != '\0');
  update_way_out (self);
  if (state == YJ_MESSAGE_STOPPED)
    gtk_widget_remove_css_class (self->notice, "error");
  else
    gtk_widget_add_css_class (self->notice, "error");
}

static void
announce (YjMessageCard *self)
{
  g_autofree char *plain = yj_markdown_view_dup_plain (self->answer, ANNOUNCED_CHARS);
  const char *text = gtk_widget_get_visible (self->notice) ? gtk_label_get_text (self->notice_label) : plain;

  if (*text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void queue_update (YjMessageCard *self);

/* Brings the view up to the text, or on the way there. Returns whether more is to come in the next frame. */
static gboolean
show_text (YjMessageCard *self,
           const char    *text)
{
  gsize length = strlen (text);
  gsize most = self->shown + (self->shown < FIRST_WINDOW ? FIRST_BYTES : BYTES_A_FRAME);
  gboolean streaming = yj_message_get_state (self->message) == YJ_MESSAGE_STREAMING;

  if (self->was_streaming && length > most)
    {
      g_autofree char *part = g_strndup (text, most);

      self->shown = most;
      yj_markdown_view_set_text (self->answer, part, FALSE);
      queue_update (self);
      return TRUE;
    }
  self->shown = length;
  yj_markdown_view_set_text (self->answer, text, !streaming);
  return FALSE;
}

static void
update_answer (YjMessageCard *self)
{
  const char *text = yj_message_get_text (self->message);
  gboolean streaming = show_text (self, text) || yj_message_get_state (self->message) == YJ_MESSAGE_STREAMING;

  yj_reasoning_view_update (self->reasoning);
  gtk_widget_set_visible (GTK_WIDGET (self->content), *text != '\0');
  gtk_widget_set_visible (self->stalled, yj_message_get_stalled (self->message));
  gtk_widget_set_visible (self->waiting, streaming && *text == '\0' && *yj_message_get_reasoning (self->message) == '\0' &&
                                         !yj_message_get_stalled (self->message));
  update_notice (self);

  /* It takes its place from the beginning, so that nothing moves when the answer ends. */
  gtk_widget_set_opacity (self->footer, streaming ? 0 : 1);
  gtk_widget_set_sensitive (self->footer, !streaming);
  gtk_widget_set_visible (self->copy_button, streaming || *text != '\0');
  if (!streaming || !self->was_streaming)
    yj_facts_button_update (self->facts);
  if (!streaming)
    yj_copy_button_set_markdown (YJ_COPY_BUTTON (self->copy_button), text);
  if (self->was_streaming && !streaming)
    announce (self);
  self->was_streaming = streaming;
}

static gboolean
update_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  YjMessageCard *self = YJ_MESSAGE_CARD (widget);

  self->update_tick = 0;
  self->updated = g_get_monotonic_time ();
  update_answer (self);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
  return G_SOURCE_REMOVE;
}

static gboolean
calm_cb (gpointer user_data)
{
  YjMessageCard *self = user_data;

  self->calm_source = 0;
  self->updated = 0;
  queue_update (self);
  return G_SOURCE_REMOVE;
}

/* Brings the card up to its message in the next frame, or when there are a few letters only, in one soon after: nobody
 * reads faster, and each frame costs about the same. */
static void
queue_update (YjMessageCard *self)
{
  gint64 wait = (self->updated + CALM_INTERVAL - g_get_monotonic_time ()) / 1000;

  if (self->update_tick != 0)
    return;
  if (wait > 0 && yj_message_get_state (self->message) == YJ_MESSAGE_STREAMING &&
      strlen (yj_message_get_text (self->message)) < self->shown + CALM_BYTES)
    {
      if (self->calm_source == 0)
        self->calm_source = g_timeout_add (wait, calm_cb, self);
      return;
    }
  g_clear_handle_id (&self->calm_source, g_source_remove);
  self->update_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_cb, NULL, NULL);
}

/* ---- actions */

static void
copy_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjMessageCard *self = YJ_MESSAGE_CARD (widget);
  g_autoptr(GdkContentProvider) content = yj_copy_content_new_message (self->question != NULL ? YJ_COPY_TYPED : YJ_COPY_MARKDOWN,
                                                                               yj_message_get_text (self->message));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}

/* ---- the object */

static void
yj_message_card_dispose (GObject *object)
{
  YjMessageCard *self = YJ_MESSAGE_CARD (object);
  GtkWidget *child;

  g_clear_handle_id (&self->calm_source, g_source_remove);
  if (self->update_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->update_tick);
  self->update_tick = 0;
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->shown_before);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MESSAGE_CARD);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (yj_message_card_parent_class)->dispose (object);
}

static void
yj_message_card_class_init (YjMessageCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_message_card_dispose;

  /**
   * YjMessageCard::updated:
   * @self: the card
   *
   * It has been brought up to its message, and is not laid out yet.
   */
  signals[SIGNAL_UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (YJ_TYPE_COPY_BUTTON);
  g_type_ensure (YJ_TYPE_FACTS_BUTTON);
  g_type_ensure (YJ_TYPE_MESSAGE_TOOLS);
  g_type_ensure (YJ_TYPE_MESSAGE_VERSIONS);
  g_type_ensure (YJ_TYPE_REASONING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-message-card.ui");
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, reasoning);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, content);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, waiting);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, stalled);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, notice);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, notice_label);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, way_out);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, try_again);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, footer);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, facts);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, go_on);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, versions);
  gtk_widget_class_bind_template_child (widget_class, YjMessageCard, tools);
  gtk_widget_class_set_css_name (widget_class, "yj-message");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);

  gtk_widget_class_install_action (widget_class, "message.copy", NULL, copy_action);
  yj_message_actions_install (widget_class);
}

static void
yj_message_card_init (YjMessageCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* @words below what is attached to the message. */
static GtkWidget *
new_attached (const char *text,
              GtkWidget  *words,
              gboolean    has_words)
{
  g_autoptr(GListModel) attachments = yj_attachment_parse (text);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), yj_attachment_strip_new (attachments));
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_set_visible (words, has_words);
  return box;
}

static void
become_question (YjMessageCard *self)
{
  const char *text = yj_message_get_text (self->message);
  const char *body = yj_attachment_get_body (text);
  g_autofree char *readable = NULL;
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autoptr(YjBlock) block = yj_block_new (YJ_BLOCK_PARAGRAPH);
  GtkLabel *label;

  yj_text_neutralise (shown, body, strlen (body), TRUE);
  block->text = g_strdup (shown->str);
  self->question = YJ_RICH_LABEL (yj_rich_label_new ());
  label = yj_rich_label_get_label (self->question);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_WORD);
  yj_rich_label_set_block (self->question, block, yj_text_get_language (shown->str) != NULL);
  if (body == text)
    adw_bin_set_child (self->content, GTK_WIDGET (self->question));
  else
    adw_bin_set_child (self->content, new_attached (text, GTK_WIDGET (self->question), *body != '\0'));
  gtk_widget_add_css_class (GTK_WIDGET (self->content), "yj-bubble");
  gtk_widget_set_halign (GTK_WIDGET (self->content), GTK_ALIGN_END);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
  yj_message_card_arrange_question (self);
  gtk_widget_set_hexpand (self->footer, TRUE);
  gtk_widget_set_halign (self->footer, GTK_ALIGN_END);
  gtk_widget_set_valign (self->footer, GTK_ALIGN_END);
  readable = yj_attachment_dup_readable (text);
  yj_copy_button_set_text (YJ_COPY_BUTTON (self->copy_button), readable);
  gtk_widget_add_css_class (GTK_WIDGET (self), "question");
}

static void
become_answer (YjMessageCard *self)
{
  self->answer = YJ_MARKDOWN_VIEW (yj_markdown_view_new ());
  /* Whoever shows the card says what of it is near. */
  yj_block_column_reach (yj_markdown_view_get_column (self->answer), 0, 0, 0);
  adw_bin_set_child (self->content, GTK_WIDGET (self->answer));
  gtk_widget_set_hexpand (GTK_WIDGET (self->facts), TRUE);
  yj_reasoning_view_set_message (self->reasoning, self->message);
  yj_facts_button_set_message (self->facts, self->message);
  update_answer (self);
  g_signal_connect_swapped (self->message, "notify", G_CALLBACK (queue_update), self);
}

/**
 * yj_message_card_new:
 * @message: a message
 *
 * Returns: (transfer floating): a row that shows it, and goes on doing so while it grows
 */
GtkWidget *
yj_message_card_new (YjMessage *message)
{
  YjMessageCard *self = g_object_new (YJ_TYPE_MESSAGE_CARD, NULL);
  gboolean question = yj_message_get_role (message) == YJ_MESSAGE_USER;

  self->message = g_object_ref (message);
  if (question)
    become_question (self);
  else
    become_answer (self);
  yj_message_versions_set_message (self->versions, message);
  yj_message_tools_set_message (self->tools, message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.edit", question);
  yj_message_actions_restore (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, question ? _("Question") : _("Answer"), -1);
  return GTK_WIDGET (self);
}

/**
 * yj_message_card_get_message:
 * @self: a message card
 *
 * Returns: (transfer none): the message it shows
 */
YjMessage *
yj_message_card_get_message (YjMessageCard *self)
{
  g_return_val_if_fail (YJ_IS_MESSAGE_CARD (self), NULL);

  return self->message;
}

/**
 * yj_message_card_set_place:
 * @self: a message card
 * @i: which message of the conversation it is, from 0
 * @n: of how many
 *
 * Says where it stands: readers tell, and the last one can be tried again.
 */
void
yj_message_card_set_place (YjMessageCard *self,
                           guint          i,
                           guint          n)
{
  gboolean last = i + 1 == n;

  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));

  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) i + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
  if (self->last == last)
    return;
  self->last = last;
  if (last)
    gtk_widget_add_css_class (GTK_WIDGET (self), "last");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "last");
  if (self->answer != NULL)
    update_notice (self);
}

/**
 * yj_message_card_get_part:
 * @self: a message card
 * @part: which
 *
 * Returns: (transfer none) (nullable): the view of the answer, or of the thoughts while they are open
 */
YjMarkdownView *
yj_message_card_get_part (YjMessageCard *self,
                          YjMessagePart  part)
{
  g_return_val_if_fail (YJ_IS_MESSAGE_CARD (self), NULL);

  if (part == YJ_MESSAGE_ANSWER)
    return self->answer;
  if (part == YJ_MESSAGE_THOUGHTS && gtk_widget_get_visible (GTK_WIDGET (self->reasoning)))
    return yj_reasoning_view_get_thoughts (self->reasoning);
  return NULL;
}

/**
 * yj_message_card_get_part_y:
 * @self: a message card
 * @part: which
 * @width: px that the card is wide
 *
 * Returns: px from the upper edge of the card to that of the part, as it will be when it is laid out
 */
int
yj_message_card_get_part_y (YjMessageCard *self,
                            YjMessagePart  part,
                            int            width)
{
  graphene_point_t place = GRAPHENE_POINT_INIT (0, 0);
  YjMarkdownView *thoughts;
  int y = 0;

  g_return_val_if_fail (YJ_IS_MESSAGE_CARD (self), 0);

  if (part == YJ_MESSAGE_ANSWER && gtk_widget_get_visible (GTK_WIDGET (self->reasoning)))
    {
      gtk_widget_measure (GTK_WIDGET (self->reasoning), GTK_ORIENTATION_VERTICAL, width, &y, NULL, NULL, NULL);
      return y + SPACING;
    }
  thoughts = part == YJ_MESSAGE_THOUGHTS ? yj_reasoning_view_get_thoughts (self->reasoning) : NULL;
  if (thoughts != NULL && gtk_widget_compute_point (GTK_WIDGET (thoughts), GTK_WIDGET (self), &place, &place))
    return place.y;
  return 0;
}

/**
 * yj_message_card_set_marked:
 * @self: a message card
 * @part: which of its texts
 * @range: (nullable): what of it is selected
 *
 * Shows what is selected, and goes on doing so while the text grows.
 */
void
yj_message_card_set_marked (YjMessageCard *self,
                            YjMessagePart  part,
                            const YjRange *range)
{
  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));

  if (self->question != NULL && part == YJ_MESSAGE_ANSWER)
    {
      g_autoptr(GArray) pieces = yj_pieces_new ();

      yj_message_card_collect (self, part, pieces);
      yj_pieces_mark (pieces, range);
    }
  else if (self->answer != NULL && part == YJ_MESSAGE_ANSWER)
    yj_markdown_view_set_marked (self->answer, range);
  else if (self->answer != NULL)
    yj_reasoning_view_set_marked (self->reasoning, range);
}

/**
 * yj_message_card_collect:
 * @self: a message card
 * @part: which of its texts
 * @pieces: (element-type YjPiece): grows by the leaves of the text, if it is shown
 */
void
yj_message_card_collect (YjMessageCard *self,
                         YjMessagePart  part,
                         GArray        *pieces)
{
  g_return_if_fail (YJ_IS_MESSAGE_CARD (self));

  if (self->shown_before != NULL)
    return;
  if (self->question != NULL && part == YJ_MESSAGE_ANSWER)
    yj_pieces_add (pieces, yj_rich_label_get_block (self->question), GTK_WIDGET (self->question));
  else if (self->answer != NULL && part == YJ_MESSAGE_ANSWER)
    yj_markdown_view_collect (self->answer, pieces);
  else if (self->answer != NULL)
    yj_reasoning_view_collect (self->reasoning, pieces);
}
