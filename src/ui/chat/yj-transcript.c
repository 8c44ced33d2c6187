/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript.h"

#include <string.h>

#include "yj-message-card.h"

/* Messages one below the other, of which only those near the view have widgets: the others have a height that was
 * measured or is guessed. Where the view stands is kept as a message and a distance from it and not as a distance from
 * the beginning, so that nothing moves when a guess turns out wrong or a message grows. */

#define MARGIN 15               /* px, at the sides, the top and the bottom */
#define SPACING 22
#define MAX_WIDTH 760
#define GUESSED_LINE 23         /* px */
#define GUESSED_CHAR 9
#define MAX_PASSES 20

typedef struct
{
  YjMessage *message;
  GtkWidget *row;               /* NULL: far from the view */
  int        height;            /* px, measured or guessed */
} Item;

struct _YjTranscript
{
  GtkWidget            parent_instance;

  GListModel          *model;
  GArray              *items;
  GtkAdjustment       *hadjustment;
  GtkAdjustment       *vadjustment;
  GtkScrollablePolicy  hscroll_policy;
  GtkScrollablePolicy  vscroll_policy;
  int                  row_width;

  guint                top;             /* the message that the view is kept by */
  int                  offset;          /* px from its upper edge down to that of the view */
  gboolean             follow;          /* the view stays at the end */
  int                  asked;           /* the question that may go to the top of the view; -1: none */
  gint64               awaited;         /* id of a message to go to when it comes; 0: none */
  gboolean             at_end;
  gboolean             configuring;
  guint                build_tick;
};

typedef enum
{
  PROP_MODEL = 1,
  PROP_AT_END,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} YjTranscriptProps;

static GParamSpec *props[PROP_AT_END + 1];

static void yj_transcript_queue_build (YjTranscript *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (YjTranscript, yj_transcript, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- where things are */

static Item *
get_item (YjTranscript *self,
          guint         i)
{
  return &g_array_index (self->items, Item, i);
}

/* From the top of everything to the upper edge of a message; for one behind the last, to where it would come. */
static int
get_y (YjTranscript *self,
       guint         n)
{
  int y = MARGIN;

  for (guint i = 0; i < n; i++)
    y += get_item (self, i)->height + SPACING;
  return y;
}

static int
get_content_height (YjTranscript *self)
{
  return self->items->len > 0 ? get_y (self, self->items->len) - SPACING + MARGIN : 0;
}

static int
get_upper (YjTranscript *self,
           int           page)
{
  int upper = MAX (get_content_height (self), page);

  if (self->asked >= 0)
    upper = MAX (upper, get_y (self, self->asked) - MARGIN + page);
  return upper;
}

static int
get_value (YjTranscript *self,
           int           page)
{
  int last = get_upper (self, page) - page;

  if (self->follow)
    return last;
  return CLAMP (get_y (self, self->top) + self->offset, 0, last);
}

static void
keep_by (YjTranscript *self,
         int           value)
{
  int y = MARGIN;
  guint i = 0;

  for (; i + 1 < self->items->len && y + get_item (self, i)->height + SPACING <= value; i++)
    y += get_item (self, i)->height + SPACING;
  self->top = i;
  self->offset = value - y;
}

static int
guess_height (YjTranscript *self,
              YjMessage    *message)
{
  gsize length = strlen (yj_message_get_text (message));
  int chars = MAX (self->row_width / GUESSED_CHAR, 20);

  return 3 * GUESSED_LINE + (int) MIN (length / chars, 10000) * GUESSED_LINE;
}

/* ---- rows */

static void
measure_row (YjTranscript *self,
             Item         *item)
{
  gtk_widget_measure (item->row, GTK_ORIENTATION_VERTICAL, self->row_width, NULL, &item->height, NULL, NULL);
}

static void
build_row (YjTranscript *self,
           guint         i)
{
  Item *item = get_item (self, i);
  GtkWidget *before = NULL;

  for (guint j = i; j > 0 && before == NULL; j--)
    before = get_item (self, j - 1)->row;
  item->row = yj_message_card_new (item->message);
  yj_message_card_set_last (YJ_MESSAGE_CARD (item->row), i + 1 == self->items->len);
  gtk_widget_insert_after (item->row, GTK_WIDGET (self), before);
  measure_row (self, item);
}

static gboolean
has_focus (YjTranscript *self,
           GtkWidget    *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, row);
}

/* Makes the rows that the view comes near to, and drops those it has left. */
static void
build (YjTranscript *self)
{
  int page = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean built = TRUE;
  int value = 0;

  if (page == 0 || self->row_width == 0)
    return;
  for (guint pass = 0; built && pass < MAX_PASSES; pass++)
    {
      int y = MARGIN;

      built = FALSE;
      value = get_value (self, page);
      for (guint i = 0; i < self->items->len && y < value + 2 * page && !built; i++)
        {
          Item *item = get_item (self, i);

          if (item->row == NULL && y + item->height > value - page)
            {
              build_row (self, i);
              /* Heights before this one are as they were; of those behind nothing was used yet. */
              built = self->follow || i <= self->top;
            }
          y += item->height + SPACING;
        }
    }

  for (guint i = 0, y = MARGIN; i < self->items->len; i++)
    {
      Item *item = get_item (self, i);
      int top = y;

      y += item->height + SPACING;
      if (item->row != NULL && (top > value + 4 * page || top + item->height < value - 3 * page) &&
          !has_focus (self, item->row) && yj_message_get_state (item->message) != YJ_MESSAGE_STREAMING)
        g_clear_pointer (&item->row, gtk_widget_unparent);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
build_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);

  self->build_tick = 0;
  build (self);
  return G_SOURCE_REMOVE;
}

static void
yj_transcript_queue_build (YjTranscript *self)
{
  if (self->build_tick == 0)
    self->build_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), build_cb, NULL, NULL);
}

/* ---- scrolling */

static void
update_at_end (YjTranscript *self,
               int           value,
               int           page)
{
  gboolean at_end = get_content_height (self) - MARGIN <= value + page + SPACING;

  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_END]);
}

/* Somebody else than this file has moved the view. */
static void
value_changed_cb (YjTranscript *self)
{
  int value, page;

  if (self->configuring)
    return;
  value = gtk_adjustment_get_value (self->vadjustment);
  page = gtk_adjustment_get_page_size (self->vadjustment);
  /* At the end of the text, not at that of the room below a short answer. */
  self->follow = value >= get_upper (self, page) - page - 1 && get_upper (self, page) == get_content_height (self);
  keep_by (self, value);
  build (self);
}

static void
set_adjustment (YjTranscript   *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  if (adjustment != NULL && *place == adjustment)
    return;
  if (*place != NULL)
    {
      g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
      g_object_unref (*place);
    }
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (place == &self->vadjustment)
    g_signal_connect_swapped (*place, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
configure (GtkAdjustment *adjustment,
           int            value,
           int            upper,
           int            page)
{
  gtk_adjustment_configure (adjustment, value, 0, upper, page * 0.1, page * 0.9, page);
}

/* What the keyboard goes to has to be in sight; what the pointer goes to is. */
static void
yj_transcript_set_focus_child (GtkWidget *widget,
                               GtkWidget *child)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t box;
  int height = gtk_widget_get_height (widget);

  GTK_WIDGET_CLASS (yj_transcript_parent_class)->set_focus_child (widget, child);

  if (child == NULL || focus == NULL || !GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root)) ||
      !gtk_widget_is_ancestor (focus, widget) || !gtk_widget_compute_bounds (focus, widget, &box))
    return;
  if (box.origin.y < 0)
    gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + box.origin.y - SPACING);
  else if (box.origin.y + box.size.height > height && box.size.height < height)
    gtk_adjustment_set_value (self->vadjustment,
                              gtk_adjustment_get_value (self->vadjustment) + box.origin.y + box.size.height - height + SPACING);
}

static void
scroll_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  double page = gtk_adjustment_get_page_increment (self->vadjustment);

  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + page * g_variant_get_int32 (parameter));
}

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_adjustment_set_value (YJ_TRANSCRIPT (widget)->vadjustment, 0);
}

static void
end_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  yj_transcript_show_end (YJ_TRANSCRIPT (widget));
}

/* ---- layout */

static GtkSizeRequestMode
yj_transcript_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
yj_transcript_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX_WIDTH + 2 * MARGIN : 0;
}

static void
set_row_width (YjTranscript *self,
               int           width)
{
  int row_width = CLAMP (width - 2 * MARGIN, 1, MAX_WIDTH);

  if (row_width == self->row_width)
    return;
  self->row_width = row_width;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = get_item (self, i);

      if (item->row == NULL)
        item->height = guess_height (self, item->message);
    }
}

static void
yj_transcript_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  int x, y, value;
  gboolean missing = FALSE;

  set_row_width (self, width);
  for (guint i = 0; i < self->items->len; i++)
    if (get_item (self, i)->row != NULL)
      measure_row (self, get_item (self, i));

  value = get_value (self, height);
  self->configuring = TRUE;
  configure (self->hadjustment, 0, width, width);
  configure (self->vadjustment, value, get_upper (self, height), height);
  self->configuring = FALSE;
  if (self->follow)
    keep_by (self, value);
  update_at_end (self, value, height);

  x = (width - self->row_width) / 2;
  y = MARGIN - value;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = get_item (self, i);

      if (item->row != NULL)
        gtk_widget_size_allocate (item->row, &(GtkAllocation) { x, y, self->row_width, item->height }, -1);
      else
        missing = missing || (y + item->height > -height && y < 2 * height);
      y += item->height + SPACING;
    }
  if (missing)
    yj_transcript_queue_build (self);
}

/* ---- the model */

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->row, gtk_widget_unparent);
  g_clear_object (&item->message);
}

/* Puts the beginning of a message to the top of the view. */
static gboolean
go_to_message (YjTranscript *self,
               gint64        id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (yj_message_get_id (get_item (self, i)->message) == id)
      {
        self->top = i;
        self->offset = -MARGIN;
        self->follow = FALSE;
        return TRUE;
      }
  return FALSE;
}

static void
items_changed_cb (YjTranscript *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  g_array_remove_range (self->items, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      Item item = { g_list_model_get_item (self->model, i), NULL, 0 };

      item.height = guess_height (self, item.message);
      g_array_insert_val (self->items, i, item);
    }
  for (guint i = 0; i < self->items->len; i++)
    if (get_item (self, i)->row != NULL)
      yj_message_card_set_last (YJ_MESSAGE_CARD (get_item (self, i)->row), i + 1 == self->items->len);
  if (self->top >= self->items->len)
    self->top = MAX (self->items->len, 1) - 1;
  if (self->asked >= (int) self->items->len)
    self->asked = -1;
  if (self->awaited != 0 && go_to_message (self, self->awaited))
    self->awaited = 0;
  build (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- the object */

static void
yj_transcript_dispose (GObject *object)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  yj_transcript_set_model (self, NULL);
  if (self->build_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->build_tick);
  self->build_tick = 0;
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, value_changed_cb, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (yj_transcript_parent_class)->dispose (object);
}

static void
yj_transcript_finalize (GObject *object)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  g_array_unref (self->items);

  G_OBJECT_CLASS (yj_transcript_parent_class)->finalize (object);
}

static void
yj_transcript_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  switch ((YjTranscriptProps) prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    }
}

static void
yj_transcript_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  YjTranscript *self = YJ_TRANSCRIPT (object);

  switch ((YjTranscriptProps) prop_id)
    {
    case PROP_MODEL:
      yj_transcript_set_model (self, g_value_get_object (value));
      break;
    case PROP_AT_END:
      g_assert_not_reached ();
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    }
}

static void
yj_transcript_class_init (YjTranscriptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_transcript_dispose;
  object_class->finalize = yj_transcript_finalize;
  object_class->get_property = yj_transcript_get_property;
  object_class->set_property = yj_transcript_set_property;
  widget_class->get_request_mode = yj_transcript_get_request_mode;
  widget_class->measure = yj_transcript_measure;
  widget_class->size_allocate = yj_transcript_size_allocate;
  widget_class->set_focus_child = yj_transcript_set_focus_child;

  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  gtk_widget_class_install_action (widget_class, "transcript.page", "i", scroll_action);
  gtk_widget_class_install_action (widget_class, "transcript.begin", NULL, begin_action);
  gtk_widget_class_install_action (widget_class, "transcript.end", NULL, end_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "transcript.page", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "transcript.page", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, "transcript.begin", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, "transcript.end", NULL);

  gtk_widget_class_set_css_name (widget_class, "yj-transcript");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
yj_transcript_init (YjTranscript *self)
{
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  self->asked = -1;
  self->follow = TRUE;
  self->at_end = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * yj_transcript_set_model:
 * @self: a transcript
 * @model: (nullable): a list of [class@Yj.Message]
 *
 * Shows a conversation at its end.
 */
void
yj_transcript_set_model (YjTranscript *self,
                         GListModel   *model)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_array_set_size (self->items, 0);
  g_set_object (&self->model, model);
  self->asked = -1;
  self->awaited = 0;
  self->top = 0;
  self->offset = 0;
  self->follow = TRUE;
  if (model != NULL)
    {
      g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
      items_changed_cb (self, 0, 0, g_list_model_get_n_items (model));
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

/**
 * yj_transcript_show_question:
 * @self: a transcript
 *
 * Puts the last question to the top of the view, with room below it for the answer, and leaves the view there: it is
 * full when the answer is longer than the window, and nothing moves before or after that.
 */
void
yj_transcript_show_question (YjTranscript *self)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  for (guint i = self->items->len; i > 0; i--)
    if (yj_message_get_role (get_item (self, i - 1)->message) == YJ_MESSAGE_USER)
      {
        self->asked = i - 1;
        self->top = i - 1;
        self->offset = -MARGIN;
        self->follow = FALSE;
        build (self);
        break;
      }
}

/**
 * yj_transcript_show_end:
 * @self: a transcript
 *
 * Goes to the end and stays there while a message grows, until somebody scrolls up.
 */
void
yj_transcript_show_end (YjTranscript *self)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));

  self->awaited = 0;
  self->follow = TRUE;
  build (self);
}

/**
 * yj_transcript_show_message:
 * @self: a transcript
 * @id: the id of a message ([method@Yj.Message.get_id])
 *
 * Puts the beginning of a message to the top of the view. One that is not among the messages yet, as while a conversation
 * loads, is gone to when it comes; another model or [method@Yj.Transcript.show_end] lets go of that.
 */
void
yj_transcript_show_message (YjTranscript *self,
                            gint64        id)
{
  g_return_if_fail (YJ_IS_TRANSCRIPT (self));
  g_return_if_fail (id != 0);

  self->awaited = go_to_message (self, id) ? 0 : id;
  build (self);
}
