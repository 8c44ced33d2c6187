/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-reasoning-view"

#include "yj-reasoning-view.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a model has thought aloud, behind one line with the seconds it took. Only the person opens and closes it, and it
 * stays so for as long as the app runs, whatever becomes of the row. Closed, its text costs nothing. */
struct _YjReasoningView
{
  GtkWidget       parent_instance;

  YjMessage      *message;
  GtkWidget      *button;
  GtkWidget      *arrow;
  GtkLabel       *label;
  GtkWidget      *thoughts;     /* YjMarkdownView; NULL until opened */
  YjRange         marked;
  gboolean        has_marked;
  guint           second_source;
};

G_DEFINE_FINAL_TYPE (YjReasoningView, yj_reasoning_view, GTK_TYPE_WIDGET)

/* ---- what is open */

/* Ids of messages whose thoughts are open. One that has no id yet remembers it by itself. */
static GHashTable *
get_open_ids (void)
{
  static GHashTable *ids;

  if (ids == NULL)
    ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return ids;
}

static gboolean
is_open (YjReasoningView *self)
{
  gint64 id = yj_message_get_id (self->message);

  return g_object_get_data (G_OBJECT (self->message), "yj-reasoning-open") != NULL ||
         (id != 0 && g_hash_table_contains (get_open_ids (), &id));
}

static void
set_open (YjReasoningView *self,
          gboolean         open)
{
  gint64 id = yj_message_get_id (self->message);

  g_object_set_data (G_OBJECT (self->message), "yj-reasoning-open", open ? self->message : NULL);
  if (id != 0 && open)
    g_hash_table_add (get_open_ids (), g_memdup2 (&id, sizeof id));
  else if (id != 0)
    g_hash_table_remove (get_open_ids (), &id);
}

/* ---- the line */

static gboolean
is_thinking (YjReasoningView *self)
{
  return yj_message_get_state (self->message) == YJ_MESSAGE_STREAMING && *yj_message_get_text (self->message) == '\0';
}

static char *
dup_time (gint64 us)
{
  int seconds = MAX (1, (us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);

  if (seconds < 60)
    /* translators: a length of time in seconds */
    return g_strdup_printf (_("%d s"), seconds);
  /* translators: a length of time in minutes and seconds */
  return g_strdup_printf (_("%d min %d s"), seconds / 60, seconds % 60);
}

static void
update_label (YjReasoningView *self)
{
  gint64 us = yj_message_get_reasoning_us (self->message);
  g_autofree char *time = NULL;
  g_autofree char *label = NULL;

  if (us < 0 && is_thinking (self))
    us = MAX (0, g_get_real_time () - yj_message_get_created (self->message) - MAX (0, yj_message_get_first_token_us (self->message)));
  time = us >= 0 ? dup_time (us) : NULL;
  if (time == NULL)
    label = g_strdup (_("Thoughts"));
  else if (is_thinking (self))
    /* translators: the model thinks, for so long until now; %s is such as "12 s" */
    label = g_strdup_printf (_("Thinking… %s"), time);
  else
    /* translators: how long the model has thought; %s is such as "12 s" */
    label = g_strdup_printf (_("Thought for %s"), time);
  if (strcmp (label, gtk_label_get_text (self->label)) != 0)
    gtk_label_set_text (self->label, label);
}

static gboolean
second_cb (gpointer user_data)
{
  update_label (user_data);
  return G_SOURCE_CONTINUE;
}

static void
update_thoughts (YjReasoningView *self)
{
  gboolean open = is_open (self);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  if (!open)
    {
      g_clear_pointer (&self->thoughts, gtk_widget_unparent);
      return;
    }
  if (self->thoughts == NULL)
    {
      self->thoughts = yj_markdown_view_new ();
      gtk_widget_add_css_class (self->thoughts, "yj-thoughts");
      gtk_widget_set_parent (self->thoughts, GTK_WIDGET (self));
      yj_markdown_view_set_marked (YJ_MARKDOWN_VIEW (self->thoughts), self->has_marked ? &self->marked : NULL);
    }
  yj_markdown_view_set_text (YJ_MARKDOWN_VIEW (self->thoughts), yj_message_get_reasoning (self->message), !is_thinking (self));
}

static void
toggled_cb (YjReasoningView *self)
{
  if (self->message == NULL)
    return;
  set_open (self, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->button)));
  update_thoughts (self);
}

/* ---- the object */

static void
yj_reasoning_view_dispose (GObject *object)
{
  YjReasoningView *self = YJ_REASONING_VIEW (object);

  g_clear_handle_id (&self->second_source, g_source_remove);
  g_clear_pointer (&self->thoughts, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (yj_reasoning_view_parent_class)->dispose (object);
}

static void
yj_reasoning_view_class_init (YjReasoningViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_reasoning_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_reasoning_view_init (YjReasoningView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->arrow = gtk_image_new_from_icon_name ("pan-end-symbolic");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));

  self->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "yj-reasoning");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * yj_reasoning_view_set_message:
 * @self: a reasoning view
 * @message: an answer; set once
 */
void
yj_reasoning_view_set_message (YjReasoningView *self,
                               YjMessage       *message)
{
  g_return_if_fail (YJ_IS_REASONING_VIEW (self));
  g_return_if_fail (self->message == NULL);

  self->message = g_object_ref (message);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button), is_open (self));
  yj_reasoning_view_update (self);
}

/**
 * yj_reasoning_view_update:
 * @self: a reasoning view with a message
 *
 * Shows what the message has become.
 */
void
yj_reasoning_view_update (YjReasoningView *self)
{
  const char *reasoning;
  gboolean thinking;

  g_return_if_fail (YJ_IS_REASONING_VIEW (self));

  reasoning = yj_message_get_reasoning (self->message);
  thinking = *reasoning != '\0' && is_thinking (self);
  gtk_widget_set_visible (GTK_WIDGET (self), *reasoning != '\0');
  if (thinking && self->second_source == 0)
    self->second_source = g_timeout_add_seconds (1, second_cb, self);
  else if (!thinking)
    g_clear_handle_id (&self->second_source, g_source_remove);
  if (*reasoning == '\0')
    return;
  update_label (self);
  update_thoughts (self);
}

/**
 * yj_reasoning_view_set_marked:
 * @self: a reasoning view
 * @range: (nullable): what of the thoughts is selected
 */
void
yj_reasoning_view_set_marked (YjReasoningView *self,
                              const YjRange   *range)
{
  g_return_if_fail (YJ_IS_REASONING_VIEW (self));

  self->has_marked = range != NULL;
  if (range != NULL)
    self->marked = *range;
  if (self->thoughts != NULL)
    yj_markdown_view_set_marked (YJ_MARKDOWN_VIEW (self->thoughts), range);
}

/**
 * yj_reasoning_view_collect:
 * @self: a reasoning view
 * @pieces: (element-type YjPiece): grows by the leaves of the thoughts, if they are open
 */
void
yj_reasoning_view_collect (YjReasoningView *self,
                           GArray          *pieces)
{
  g_return_if_fail (YJ_IS_REASONING_VIEW (self));

  if (self->thoughts != NULL)
    yj_markdown_view_collect (YJ_MARKDOWN_VIEW (self->thoughts), pieces);
}

/**
 * yj_reasoning_view_get_thoughts:
 * @self: a reasoning view
 *
 * Returns: (transfer none) (nullable): the view of the thoughts, while they are open
 */
YjMarkdownView *
yj_reasoning_view_get_thoughts (YjReasoningView *self)
{
  g_return_val_if_fail (YJ_IS_REASONING_VIEW (self), NULL);

  return self->thoughts != NULL ? YJ_MARKDOWN_VIEW (self->thoughts) : NULL;
}
