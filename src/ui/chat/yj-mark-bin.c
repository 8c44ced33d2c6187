/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-mark-bin"

#include "yj-mark-bin.h"

#include <string.h>

#include "yj-match.h"
#include "yj-message-card.h"

/* The marks are painted behind the labels, by where Pango has set their letters: no label knows of them, and nothing is
 * laid out anew. Whatever changes in a label has this painted again, as it is around all of them. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_region_t, cairo_region_destroy)

#define LONGEST_HIT 1024        /* bytes */
#define TRIES 12                /* frames in which what is shown may still find its place */

struct _YjMarkBin
{
  AdwBin        parent_instance;

  YjTranscript *transcript;
  YjMatch      *match;          /* NULL: nothing is marked */
  YjMessage    *message;        /* of the hit that stands out; NULL: none */
  guint         row;
  guint         nth;
  guint         tick;
  guint         tries;
};

typedef enum
{
  PROP_TRANSCRIPT = 1,
} YjMarkBinProps;

static GParamSpec *props[PROP_TRANSCRIPT + 1];

G_DEFINE_FINAL_TYPE (YjMarkBin, yj_mark_bin, ADW_TYPE_BIN)

/* ---- where the words are */

typedef void (*LabelFunc) (YjMarkBin *self,
                           GtkLabel  *label,
                           gpointer   data);

/* What is said, but not what stands on buttons, before items of lists or over code. */
static gboolean
is_text (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_BUTTON (widget) || gtk_widget_has_css_class (widget, "yj-mark") || !gtk_widget_get_visible (widget))
    return FALSE;
  return !gtk_widget_has_css_class (widget, "header") || parent == NULL || g_strcmp0 (gtk_widget_get_css_name (parent), "yj-code") != 0;
}

static void
each_label (YjMarkBin *self,
            GtkWidget *widget,
            LabelFunc  func,
            gpointer   data)
{
  if (!is_text (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      func (self, GTK_LABEL (widget), data);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    each_label (self, child, func, data);
}

static GtkWidget *
find_by_class (GtkWidget  *widget,
               const char *name)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_by_class (child, name);
  return found;
}

/* What of a card is the message itself. */
static GtkWidget *
get_content (YjMessageCard *card)
{
  YjMarkdownView *view;

  if (yj_message_get_role (yj_message_card_get_message (card)) == YJ_MESSAGE_USER)
    return find_by_class (GTK_WIDGET (card), "yj-bubble");
  view = yj_message_card_get_part (card, YJ_MESSAGE_ANSWER);
  return view != NULL ? GTK_WIDGET (yj_markdown_view_get_column (view)) : NULL;
}

static YjMessageCard *
find_card (YjMarkBin *self,
           YjMessage *message)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->transcript)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (YJ_IS_MESSAGE_CARD (child) && yj_message_card_get_message (YJ_MESSAGE_CARD (child)) == message)
      return YJ_MESSAGE_CARD (child);
  return NULL;
}

/* The widget of the row that the hit is in; NULL while there is none. */
static GtkWidget *
find_row (YjMarkBin *self)
{
  YjMessageCard *card = self->message != NULL ? find_card (self, self->message) : NULL;
  GtkWidget *content = card != NULL ? get_content (card) : NULL;

  if (content == NULL || !YJ_IS_BLOCK_COLUMN (content))
    return content;
  if (self->row >= yj_block_column_get_n_rows (YJ_BLOCK_COLUMN (content)))
    return NULL;
  return yj_block_column_get_row (YJ_BLOCK_COLUMN (content), self->row, NULL);
}

typedef struct
{
  guint      left;              /* hits before the one */
  GtkLabel  *label;
  gsize      start, end;
} Search;

static void
search_label (YjMarkBin *self,
              GtkLabel  *label,
              gpointer   data)
{
  Search *search = data;
  const char *text = gtk_label_get_text (label);
  gsize start, end = 0;

  while (search->label == NULL && yj_match_next (self->match, text, end, &start, &end))
    if (search->left-- == 0)
      *search = (Search) { 0, label, start, end };
}

static gboolean
find_current (YjMarkBin *self,
              Search    *search)
{
  GtkWidget *row = self->match != NULL ? find_row (self) : NULL;

  *search = (Search) { self->nth, NULL, 0, 0 };
  if (row != NULL)
    each_label (self, row, search_label, search);
  return search->label != NULL;
}

/* ---- painting */

/* The pieces of lines that @start to @end covers, in our coordinates. */
static cairo_region_t *
get_region (YjMarkBin *self,
            GtkLabel  *label,
            gsize      start,
            gsize      end)
{
  int range[2] = { start, end };
  graphene_point_t origin;
  int x, y;

  if (!gtk_widget_compute_point (GTK_WIDGET (label), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0), &origin))
    return cairo_region_create ();
  gtk_label_get_layout_offsets (label, &x, &y);
  return gdk_pango_layout_get_clip_region (gtk_label_get_layout (label), origin.x + x, origin.y + y, range, 1);
}

/* What scrolls sideways shows a part of its text only. */
static cairo_rectangle_int_t
get_clip (YjMarkBin *self,
          GtkWidget *widget)
{
  cairo_rectangle_int_t clip = { 0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)) };

  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    {
      graphene_rect_t box;

      if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &box))
        gdk_rectangle_intersect (&clip, &(cairo_rectangle_int_t) { box.origin.x, box.origin.y, box.size.width + 1, box.size.height + 1 },
                                 &clip);
    }
  return clip;
}

typedef struct
{
  GtkSnapshot           *snapshot;
  Search                 current;

  /* of the label that is being painted */
  cairo_rectangle_int_t  clip;
  int                    x, y;          /* where its layout begins */
  gsize                  start, end;    /* the hit that comes next in it */
} Painting;

/* Of a hit, what stands in the line that @iter is at. */
static void
paint_hit (Painting        *painting,
           PangoLayoutIter *iter,
           gboolean         is_current)
{
  static const GdkRGBA usual = { 0.97, 0.80, 0.10, 0.42 }, current = { 1.0, 0.47, 0.0, 0.62 };
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  PangoRectangle extents;
  int *ranges;
  int n;

  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  pango_layout_line_get_x_ranges (line, painting->start, painting->end, &ranges, &n);
  for (int i = 0; i < n; i++)
    {
      int x = PANGO_PIXELS (ranges[2 * i]), behind = PANGO_PIXELS (ranges[2 * i + 1]);
      cairo_rectangle_int_t box = { painting->x + x, painting->y + PANGO_PIXELS (extents.y), behind - x, PANGO_PIXELS (extents.height) };
      GskRoundedRect rounded;

      if (!gdk_rectangle_intersect (&box, &painting->clip, &box))
        continue;
      gsk_rounded_rect_init_from_rect (&rounded, &GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height), 3);
      gtk_snapshot_push_rounded_clip (painting->snapshot, &rounded);
      gtk_snapshot_append_color (painting->snapshot, is_current ? &current : &usual, &rounded.bounds);
      gtk_snapshot_pop (painting->snapshot);
    }
  g_free (ranges);
}

/* The hits in a line, of which the last may go on in the next; FALSE: there are no more. */
static gboolean
paint_line (YjMarkBin       *self,
            GtkLabel        *label,
            Painting        *painting,
            PangoLayoutIter *iter)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  gsize begin = pango_layout_line_get_start_index (line);
  gsize behind = begin + pango_layout_line_get_length (line);

  while (painting->start < behind)
    {
      if (painting->end > begin)
        paint_hit (painting, iter, label == painting->current.label && painting->start == painting->current.start);
      if (painting->end > behind)
        return TRUE;
      if (!yj_match_next (self->match, gtk_label_get_text (label), painting->end, &painting->start, &painting->end))
        return FALSE;
    }
  return TRUE;
}

/* The first hit that may reach into what is seen from @from on. A hit may have begun before, but not far. */
static gboolean
begin_painting (YjMarkBin  *self,
                const char *text,
                gsize       from,
                Painting   *painting)
{
  const char *p = text + from - MIN (from, LONGEST_HIT);

  while (((guchar) *p & 0xc0) == 0x80)
    p--;
  return yj_match_next (self->match, text, p - text, &painting->start, &painting->end);
}

/* This is done in each frame that scrolls: of a long text, nothing is laid hands on but the lines in sight. */
static void
paint_label (YjMarkBin *self,
             GtkLabel  *label,
             gpointer   data)
{
  Painting *painting = data;
  g_autoptr(PangoLayoutIter) iter = NULL;
  graphene_rect_t box;
  gboolean begun = FALSE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (label)) || !gtk_widget_compute_bounds (GTK_WIDGET (label), GTK_WIDGET (self), &box))
    return;
  painting->clip = get_clip (self, GTK_WIDGET (label));
  if (box.origin.y >= painting->clip.y + painting->clip.height || box.origin.y + box.size.height <= painting->clip.y)
    return;
  gtk_label_get_layout_offsets (label, &painting->x, &painting->y);
  painting->x += box.origin.x;
  painting->y += box.origin.y;
  iter = pango_layout_get_iter (gtk_label_get_layout (label));
  do
    {
      int top, bottom;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      if (painting->y + PANGO_PIXELS (top) >= painting->clip.y + painting->clip.height)
        break;
      if (painting->y + PANGO_PIXELS (bottom) < painting->clip.y)
        continue;
      if (!begun && !begin_painting (self, gtk_label_get_text (label), pango_layout_iter_get_index (iter), painting))
        break;
      begun = TRUE;
      if (!paint_line (self, label, painting, iter))
        break;
    }
  while (pango_layout_iter_next_line (iter));
}

static void
yj_mark_bin_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  YjMarkBin *self = YJ_MARK_BIN (widget);
  Painting painting = { .snapshot = snapshot };

  if (self->match != NULL && self->transcript != NULL)
    {
      find_current (self, &painting.current);
      for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->transcript)); child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t box;

          if (YJ_IS_MESSAGE_CARD (child) && gtk_widget_compute_bounds (child, widget, &box) &&
              box.origin.y < gtk_widget_get_height (widget) && box.origin.y + box.size.height > 0 &&
              get_content (YJ_MESSAGE_CARD (child)) != NULL)
            each_label (self, get_content (YJ_MESSAGE_CARD (child)), paint_label, &painting);
        }
    }
  GTK_WIDGET_CLASS (yj_mark_bin_parent_class)->snapshot (widget, snapshot);
}

/* ---- bringing into sight */

static gboolean
has_hidden_lines (GtkWidget *widget)
{
  gboolean hidden = GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "monospace") && !gtk_widget_get_visible (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !hidden; child = gtk_widget_get_next_sibling (child))
    hidden = has_hidden_lines (child);
  return hidden;
}

/* What is not among the lines in sight is among those that are folded away. */
static void
unfold_row (YjMarkBin *self)
{
  GtkWidget *row = find_row (self);
  GtkWidget *button = row != NULL && has_hidden_lines (row) ? find_by_class (row, "yj-more") : NULL;

  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
}

/* Once the row has its place: puts the line of the hit into the middle third of the view. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  YjMarkBin *self = YJ_MARK_BIN (widget);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->transcript));
  int height = gtk_widget_get_height (widget);
  Search search;

  if (find_current (self, &search) && gtk_widget_get_height (GTK_WIDGET (search.label)) > 0)
    {
      g_autoptr(cairo_region_t) region = get_region (self, search.label, search.start, search.end);
      cairo_rectangle_int_t box;

      cairo_region_get_extents (region, &box);
      if (box.y < height / 6 || box.y + box.height > height - height / 6)
        gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + box.y - height / 3);
      gtk_widget_queue_draw (widget);
    }
  else if (search.label == NULL && self->tries == 1)
    unfold_row (self);
  if (++self->tries < TRIES)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
is_in_sight (YjMarkBin *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  g_autoptr(cairo_region_t) region = NULL;
  cairo_rectangle_int_t box;
  Search search;

  if (!find_current (self, &search))
    return FALSE;
  region = get_region (self, search.label, search.start, search.end);
  cairo_region_get_extents (region, &box);
  return box.y > height / 6 && box.y + box.height < height - height / 6;
}

/* ---- the object */

static void
yj_mark_bin_dispose (GObject *object)
{
  YjMarkBin *self = YJ_MARK_BIN (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->transcript);
  g_clear_object (&self->message);
  g_clear_pointer (&self->match, yj_match_free);

  G_OBJECT_CLASS (yj_mark_bin_parent_class)->dispose (object);
}

static void
yj_mark_bin_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((YjMarkBinProps) prop_id)
    {
    case PROP_TRANSCRIPT:
      g_value_set_object (value, YJ_MARK_BIN (object)->transcript);
      break;
    }
}

static void
yj_mark_bin_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch ((YjMarkBinProps) prop_id)
    {
    case PROP_TRANSCRIPT:
      g_set_object (&YJ_MARK_BIN (object)->transcript, g_value_get_object (value));
      break;
    }
}

static void
yj_mark_bin_class_init (YjMarkBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_mark_bin_dispose;
  object_class->get_property = yj_mark_bin_get_property;
  object_class->set_property = yj_mark_bin_set_property;
  widget_class->snapshot = yj_mark_bin_snapshot;

  props[PROP_TRANSCRIPT] = g_param_spec_object ("transcript", NULL, NULL, YJ_TYPE_TRANSCRIPT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_mark_bin_init (YjMarkBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * yj_mark_bin_set_words:
 * @self: a mark bin
 * @words: (nullable): what to mark wherever it is in sight
 */
void
yj_mark_bin_set_words (YjMarkBin  *self,
                       const char *words)
{
  g_return_if_fail (YJ_IS_MARK_BIN (self));

  g_clear_pointer (&self->match, yj_match_free);
  self->match = words != NULL ? yj_match_new (words) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * yj_mark_bin_show_hit:
 * @self: a mark bin
 * @hit: (nullable): the hit that is to stand out
 *
 * Brings @hit into sight. Nothing moves when it is.
 */
void
yj_mark_bin_show_hit (YjMarkBin       *self,
                      const YjFindHit *hit)
{
  YjMessage *message = hit != NULL ? hit->message : NULL;

  g_return_if_fail (YJ_IS_MARK_BIN (self));

  g_set_object (&self->message, message);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (hit == NULL)
    return;
  self->row = hit->row;
  self->nth = hit->nth;
  if (is_in_sight (self))
    return;
  yj_transcript_show_row (self->transcript, hit->position, hit->row, gtk_widget_get_height (GTK_WIDGET (self)) / 3);
  self->tries = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}
