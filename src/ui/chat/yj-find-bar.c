/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-find-bar"

#include "yj-find-bar.h"

#include <glib/gi18n.h>

struct _YjFindBar
{
  GtkWidget     parent_instance;

  GtkEditable  *entry;
  GtkLabel     *count;

  YjMarkBin    *marks;
  YjTranscript *transcript;
  GListModel   *model;
  GCancellable *cancellable;
  char         *words;          /* that were looked for last, or NULL */
  YjFound      *found;          /* NULL: nothing was looked for */
  guint         current;        /* of the hits */
  gint64        wanted;         /* the message to begin with; 0: the one in sight */
  gboolean      keep;           /* what is looked at stays the current one */
};

typedef enum
{
  PROP_MARKS = 1,
  PROP_TRANSCRIPT,
} YjFindBarProps;

static GParamSpec *props[PROP_TRANSCRIPT + 1];

enum
{
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjFindBar, yj_find_bar, GTK_TYPE_WIDGET)

/* ---- what was found */

static guint
get_n_hits (YjFindBar *self)
{
  return self->found != NULL ? self->found->hits->len : 0;
}

static void
update_count (YjFindBar *self,
              gboolean   announce)
{
  gboolean any = get_n_hits (self) > 0;
  g_autofree char *text = NULL;

  if (self->found == NULL)
    text = g_strdup ("");
  else if (!any)
    text = g_strdup (_("No hits"));
  else
    /* translators: the first is the number of the hit that is looked at, the second how many there are */
    text = g_strdup_printf (_("%u of %u"), self->current + 1, get_n_hits (self));
  gtk_label_set_text (self->count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", any);
  if (self->found != NULL && !any)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  if (announce && *text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_current (YjFindBar *self)
{
  yj_mark_bin_show_hit (self->marks, get_n_hits (self) > 0 ? &g_array_index (self->found->hits, YjFindHit, self->current) : NULL);
}

/* The first hit in the message that is wanted, or from the one in sight on; the first of all behind the last. */
static guint
choose_first (YjFindBar *self)
{
  guint top = yj_transcript_get_position (self->transcript);

  for (guint i = 0; i < get_n_hits (self); i++)
    {
      YjFindHit *hit = &g_array_index (self->found->hits, YjFindHit, i);

      if (self->wanted != 0 ? yj_message_get_id (hit->message) == self->wanted : hit->position >= top)
        return i;
    }
  return 0;
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  YjFound *found = yj_find_finish (result, NULL);
  YjFindBar *self = user_data;
  guint before = self != NULL && found != NULL ? self->current : 0;

  /* Cancelled: the bar may be gone. */
  if (found == NULL)
    return;
  g_clear_pointer (&self->found, yj_found_free);
  self->found = found;
  if (self->keep)
    self->current = MIN (before, MAX (get_n_hits (self), 1) - 1);
  else
    {
      self->current = choose_first (self);
      /* It may still be loading. */
      if (found->messages->len > 0)
        self->wanted = 0;
      show_current (self);
    }
  update_count (self, !self->keep);
  self->keep = FALSE;
}

static void
find (YjFindBar *self,
      gboolean   keep)
{
  const char *words = gtk_editable_get_text (self->entry);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->keep = keep && self->found != NULL;
  g_set_str (&self->words, words);
  if (self->model == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)) || *words == '\0')
    {
      g_clear_pointer (&self->found, yj_found_free);
      yj_mark_bin_set_words (self->marks, NULL);
      yj_mark_bin_show_hit (self->marks, NULL);
      update_count (self, FALSE);
      return;
    }
  self->cancellable = g_cancellable_new ();
  yj_mark_bin_set_words (self->marks, words);
  yj_find_async (self->model, words, self->cancellable, found_cb, self);
}

static void
search_changed_cb (YjFindBar *self)
{
  /* It comes a moment later, and so perhaps after the words were given by somebody else than the person. */
  if (g_strcmp0 (self->words, gtk_editable_get_text (self->entry)) == 0)
    return;
  find (self, FALSE);
}

static void
next_cb (YjFindBar *self)
{
  yj_find_bar_step (self, 1);
}

static void
previous_cb (YjFindBar *self)
{
  yj_find_bar_step (self, -1);
}

static void
items_changed_cb (YjFindBar *self)
{
  /* A conversation that comes in is the one that is looked into. */
  find (self, self->wanted == 0);
}

/* ---- actions and keys */

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  yj_find_bar_step (YJ_FIND_BAR (widget), g_str_equal (name, "find.next") ? 1 : -1);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  yj_find_bar_close (YJ_FIND_BAR (widget));
}

/* The entry takes Enter for itself, but not with Shift; what the input method takes does not come here. */
static gboolean
key_pressed_cb (YjFindBar       *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !(state & GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  yj_find_bar_step (self, -1);
  return GDK_EVENT_STOP;
}

/* ---- the object */

static void
yj_find_bar_dispose (GObject *object)
{
  YjFindBar *self = YJ_FIND_BAR (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_FIND_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->marks);
  g_clear_object (&self->transcript);
  g_clear_pointer (&self->found, yj_found_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (yj_find_bar_parent_class)->dispose (object);
}

static void
yj_find_bar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YjFindBar *self = YJ_FIND_BAR (object);

  switch ((YjFindBarProps) prop_id)
    {
    case PROP_MARKS:
      g_value_set_object (value, self->marks);
      break;
    case PROP_TRANSCRIPT:
      g_value_set_object (value, self->transcript);
      break;
    }
}

static void
yj_find_bar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  YjFindBar *self = YJ_FIND_BAR (object);

  switch ((YjFindBarProps) prop_id)
    {
    case PROP_MARKS:
      g_set_object (&self->marks, g_value_get_object (value));
      break;
    case PROP_TRANSCRIPT:
      g_set_object (&self->transcript, g_value_get_object (value));
      break;
    }
}

static void
yj_find_bar_class_init (YjFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_find_bar_dispose;
  object_class->get_property = yj_find_bar_get_property;
  object_class->set_property = yj_find_bar_set_property;

  props[PROP_MARKS] = g_param_spec_object ("marks", NULL, NULL, YJ_TYPE_MARK_BIN, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_TRANSCRIPT] = g_param_spec_object ("transcript", NULL, NULL, YJ_TYPE_TRANSCRIPT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  signals[CLOSED] = g_signal_new ("closed", YJ_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YjFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, YjFindBar, count);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, yj_find_bar_close);
  gtk_widget_class_set_css_name (widget_class, "yj-find");
  gtk_widget_class_install_action (widget_class, "find.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
}

static void
yj_find_bar_init (YjFindBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  update_count (self, FALSE);
}

void
yj_find_bar_set_model (YjFindBar  *self,
                       GListModel *messages)
{
  g_return_if_fail (YJ_IS_FIND_BAR (self));

  if (self->model == messages)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, messages);
  if (messages != NULL)
    g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->wanted = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  find (self, FALSE);
}

/**
 * yj_find_bar_open:
 * @self: a find bar
 *
 * Shows it, with the cursor where the words are typed.
 */
void
yj_find_bar_open (YjFindBar *self)
{
  g_return_if_fail (YJ_IS_FIND_BAR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      find (self, FALSE);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

/**
 * yj_find_bar_show:
 * @self: a find bar
 * @words: what to look for
 * @id: the message to begin with
 *
 * Shows it with what was found elsewhere; the focus stays where it is.
 */
void
yj_find_bar_show (YjFindBar  *self,
                  const char *words,
                  gint64      id)
{
  g_return_if_fail (YJ_IS_FIND_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_editable_set_text (self->entry, words);
  self->wanted = id;
  find (self, FALSE);
}

void
yj_find_bar_close (YjFindBar *self)
{
  g_return_if_fail (YJ_IS_FIND_BAR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  find (self, FALSE);
  g_signal_emit (self, signals[CLOSED], 0);
}

void
yj_find_bar_step (YjFindBar *self,
                  int        step)
{
  guint n = get_n_hits (self);

  g_return_if_fail (YJ_IS_FIND_BAR (self));

  if (n == 0)
    return;
  self->current = (self->current + n + step) % n;
  show_current (self);
  update_count (self, TRUE);
}

void
yj_find_bar_refresh (YjFindBar *self)
{
  g_return_if_fail (YJ_IS_FIND_BAR (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    find (self, TRUE);
}
