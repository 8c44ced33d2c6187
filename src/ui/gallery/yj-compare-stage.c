/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-compare-stage"

#include "yj-compare-stage.h"

#include <glib/gi18n.h>

#include "yj-codec-hint.h"
#include "yj-job.h"
#include "yj-job-text.h"
#include "yj-poster-image.h"
#include "yj-probe.h"
#include "yj-transport.h"

#define GAP 3                   /* px between tiles */
#define BORDER 2                /* px */

struct _YjCompareStage
{
  GtkWidget      parent_instance;

  YjCompare     *compare;
  guint          n;
  YjJob         *jobs[YJ_COMPARE_MOST];
  gboolean       fetching[YJ_COMPARE_MOST];     /* its file is on its way once more */
  GtkWidget     *tiles[YJ_COMPARE_MOST];
  GtkStack      *stacks[YJ_COMPARE_MOST];
  GtkPicture    *pictures[YJ_COMPARE_MOST];
  GtkLabel      *errors[YJ_COMPARE_MOST];
  GtkWidget     *remedies[YJ_COMPARE_MOST];     /* below them: fetches the file once more */
  GtkLabel      *letters[YJ_COMPARE_MOST];
  GtkWidget     *ends[YJ_COMPARE_MOST];
  double         ratios[YJ_COMPARE_MOST];       /* width by height */

  YjCompareMode  mode;
  guint          left;
  guint          current;
  double         border;        /* part of the width */
  gboolean       cursor_hidden;
};

G_DEFINE_FINAL_TYPE (YjCompareStage, yj_compare_stage, GTK_TYPE_WIDGET)

/* ---- what a tile shows */

static void
clip_changed_cb (YjCompareStage *self,
                 guint           clip)
{
  const GError *error = yj_compare_get_error (self->compare, clip);
  YjJob *job = self->jobs[clip];
  gboolean gone = error != NULL && !g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC);

  gtk_picture_set_paintable (self->pictures[clip], yj_compare_get_paintable (self->compare, clip));
  gtk_stack_set_visible_child_name (self->stacks[clip], error != NULL ? "error" :
                                    yj_compare_get_shown (self->compare, clip) ? "video" : "poster");
  if (error != NULL)
    {
      g_autofree char *text = self->fetching[clip] ? yj_job_text_dup_state (job) : yj_codec_hint_dup_error (error);

      gtk_label_set_text (self->errors[clip], text);
    }
  /* Over each other in a wipe, one would be pressed for another. */
  gtk_widget_set_visible (self->remedies[clip], gone && self->mode != YJ_COMPARE_WIPE && yj_job_get_task_id (job) != NULL &&
                          yj_job_state_is_final (yj_job_get_state (job)));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* What was fetched is shown once it is here, also where it has the name that it had. */
static void
job_cb (YjCompareStage *self,
        GParamSpec     *pspec,
        YjJob          *job)
{
  for (guint i = 0; i < self->n; i++)
    {
      gboolean ready = yj_job_get_state (job) == YJ_JOB_READY && yj_job_get_file (job) != NULL;

      if (self->jobs[i] != job || (ready && !self->fetching[i]))
        continue;
      self->fetching[i] = !ready;
      if (ready)
        yj_compare_replace (self->compare, i, yj_job_get_file (job));
      else
        clip_changed_cb (self, i);
    }
}

/* A clip that is over waits on its last frame for the others. */
static void
position_cb (YjCompareStage *self)
{
  gint64 position, duration;

  g_object_get (self->compare, "position", &position, "duration", &duration, NULL);
  for (guint i = 0; i < self->n; i++)
    {
      gint64 length = yj_compare_get_length (self->compare, i);

      gtk_widget_set_visible (self->ends[i], length > 0 && yj_compare_get_error (self->compare, i) == NULL &&
                              length < duration - G_GINT64_CONSTANT (100000000) && position >= length);
    }
}

static GtkWidget *
new_badge (const char *text,
           GtkAlign    halign,
           GtkAlign    valign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "yj-badge");
  gtk_widget_set_halign (label, halign);
  gtk_widget_set_valign (label, valign);
  gtk_widget_set_can_target (label, FALSE);
  return label;
}

static GtkWidget *
new_error (YjCompareStage *self,
           guint           clip)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->errors[clip] = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->errors[clip], TRUE);
  gtk_label_set_wrap_mode (self->errors[clip], PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->errors[clip], GTK_JUSTIFY_CENTER);
  self->remedies[clip] = gtk_button_new_with_label (_("Download Again"));
  gtk_widget_set_tooltip_text (self->remedies[clip], _("Free: fetches the video once more"));
  gtk_widget_set_halign (self->remedies[clip], GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remedies[clip]), "i", (int) clip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedies[clip]), "compare.download-again");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->errors[clip]));
  gtk_box_append (GTK_BOX (box), self->remedies[clip]);
  g_object_set (box, "valign", GTK_ALIGN_CENTER, "margin-start", 12, "margin-end", 12, "margin-top", 30, "margin-bottom", 12, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static void
add_tile (YjCompareStage *self,
          guint           clip,
          YjJob          *job)
{
  GtkWidget *overlay = gtk_overlay_new (), *picture = gtk_picture_new ();
  char letter[2] = { (char) ('A' + clip), '\0' };
  /* translators: %s: the letter of a video that is compared with others */
  g_autofree char *name = g_strdup_printf (_("Video %s"), letter);
  GtkWidget *poster = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", 1280, "content-fit", GTK_CONTENT_FIT_CONTAIN, "file",
                                    yj_job_get_cover (job) != NULL ? yj_job_get_cover (job) : yj_job_get_file (job), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->pictures[clip] = GTK_PICTURE (picture);
  self->stacks[clip] = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stacks[clip], poster, "poster");
  gtk_stack_add_named (self->stacks[clip], picture, "video");
  gtk_stack_add_named (self->stacks[clip], new_error (self, clip), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->stacks[clip]), "yj-stage");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->stacks[clip]));
  self->letters[clip] = GTK_LABEL (new_badge (letter, GTK_ALIGN_START, GTK_ALIGN_START));
  self->ends[clip] = new_badge (_("Ended"), GTK_ALIGN_CENTER, GTK_ALIGN_END);
  gtk_widget_set_visible (self->ends[clip], FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->letters[clip]));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->ends[clip]);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  self->tiles[clip] = overlay;
  gtk_widget_set_parent (overlay, GTK_WIDGET (self));
  clip_changed_cb (self, clip);
}

/* ---- where the tiles are */

/* As many beside each other as show most of the pictures, whatever their shapes. */
static guint
find_columns (YjCompareStage *self,
              int             width,
              int             height)
{
  guint best = 1;
  double most = 0;

  for (guint columns = 1; columns <= self->n; columns++)
    {
      guint rows = (self->n + columns - 1) / columns;
      double w = (width - (double) (columns - 1) * GAP) / columns, h = (height - (double) (rows - 1) * GAP) / rows;
      double shown = 0;

      for (guint i = 0; i < self->n; i++)
        shown += MIN (w, h * self->ratios[i]) * MIN (h, w / self->ratios[i]);
      if (shown > most * 1.01)  /* nothing turns about for a pixel */
        {
          most = shown;
          best = columns;
        }
    }
  return best;
}

/* A picture is wiped by the border; words in place of one are beside it, where all of them can be read. */
static gboolean
is_beside_border (YjCompareStage *self,
                  guint           clip)
{
  return self->mode == YJ_COMPARE_WIPE && yj_compare_get_error (self->compare, clip) != NULL;
}

static int
allot_side (YjCompareStage *self,
            guint           clip,
            int             width,
            int            *x)
{
  int border = (int) (self->border * width), least, side;

  gtk_widget_measure (self->tiles[clip], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  side = MIN (MAX (clip == self->current ? width - border : border, least), width);
  *x = clip == self->current ? width - side : 0;
  return side;
}

static void
yj_compare_stage_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  YjCompareStage *self = YJ_COMPARE_STAGE (widget);
  gboolean tiled = self->mode == YJ_COMPARE_TILES;
  guint columns = tiled ? find_columns (self, width, height) : 1, rows = tiled ? (self->n + columns - 1) / columns : 1;
  int w = (width - ((int) columns - 1) * GAP) / (int) columns, h = (height - ((int) rows - 1) * GAP) / (int) rows;

  for (guint i = 0; i < self->n; i++)
    {
      int x = tiled ? (int) (i % columns) * (w + GAP) : 0, y = tiled ? (int) (i / columns) * (h + GAP) : 0, own = w;

      if (!gtk_widget_get_child_visible (self->tiles[i]))
        continue;
      if (is_beside_border (self, i))
        own = allot_side (self, i, width, &x);
      gtk_widget_allocate (self->tiles[i], MAX (own, 1), MAX (h, 1), -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
    }
}

static void
yj_compare_stage_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  YjCompareStage *self = YJ_COMPARE_STAGE (widget);
  int most = 0;

  for (guint i = 0; i < self->n; i++)
    {
      int least;

      gtk_widget_measure (self->tiles[i], orientation, -1, &least, NULL, NULL, NULL);
      most = MAX (most, least);
    }
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (most, 160) : 120;
  *natural = MAX (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 360);
}

static void
yj_compare_stage_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  YjCompareStage *self = YJ_COMPARE_STAGE (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float x = (float) (self->border * width);

  if (self->mode != YJ_COMPARE_WIPE)
    {
      GTK_WIDGET_CLASS (yj_compare_stage_parent_class)->snapshot (widget, snapshot);
      return;
    }
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, 0, width - x, height));
  gtk_widget_snapshot_child (widget, self->tiles[self->current], snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, x, height));
  gtk_widget_snapshot_child (widget, self->tiles[self->left], snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &GRAPHENE_RECT_INIT (x - BORDER / 2.0f, 0, BORDER, height));
}

static void
divide_at (YjCompareStage *self,
           double          x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->mode == YJ_COMPARE_WIPE && width > 0)
    g_signal_emit_by_name (self, "divide", CLAMP (x / width, 0, 1));
}

static void
drag_begin_cb (YjCompareStage *self,
               double          x,
               double          y)
{
  divide_at (self, x);
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          by_x,
                double          by_y,
                YjCompareStage *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    divide_at (self, x + by_x);
}

static void
yj_compare_stage_dispose (GObject *object)
{
  YjCompareStage *self = YJ_COMPARE_STAGE (object);

  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->tiles[i], gtk_widget_unparent);
      g_clear_object (&self->jobs[i]);
    }
  self->n = 0;
  g_clear_object (&self->compare);

  G_OBJECT_CLASS (yj_compare_stage_parent_class)->dispose (object);
}

static void
yj_compare_stage_class_init (YjCompareStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_compare_stage_dispose;
  widget_class->measure = yj_compare_stage_measure;
  widget_class->size_allocate = yj_compare_stage_size_allocate;
  widget_class->snapshot = yj_compare_stage_snapshot;

  g_signal_new ("divide", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
yj_compare_stage_init (YjCompareStage *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->border = 0.5;
  gtk_widget_add_css_class (GTK_WIDGET (self), "yj-stage");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * yj_compare_stage_new:
 * @compare: what plays
 * @jobs: (element-type YjJob): whose videos they are
 *
 * Returns: (transfer floating): their pictures
 */
YjCompareStage *
yj_compare_stage_new (YjCompare *compare,
                      GPtrArray *jobs)
{
  YjCompareStage *self = g_object_new (YJ_TYPE_COMPARE_STAGE, NULL);

  self->compare = g_object_ref (compare);
  self->n = jobs->len;
  for (guint i = 0; i < self->n; i++)
    {
      int width = yj_job_get_width (jobs->pdata[i]), height = yj_job_get_height (jobs->pdata[i]);

      self->ratios[i] = width > 0 && height > 0 ? (double) width / height : 16 / 9.0;
      self->jobs[i] = g_object_ref (jobs->pdata[i]);
      add_tile (self, i, jobs->pdata[i]);
      g_signal_connect_object (self->jobs[i], "notify", G_CALLBACK (job_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (compare, "clip-changed", G_CALLBACK (clip_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (compare, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  yj_compare_stage_show (self, YJ_COMPARE_TILES, 0, 0);
  return self;
}

static void
update_cursor (YjCompareStage *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->cursor_hidden ? "none" : self->mode == YJ_COMPARE_WIPE ? "col-resize" : NULL);
}

/**
 * yj_compare_stage_hide_cursor:
 * @self: the stage
 * @hidden: whether the pointer is not shown over it
 */
void
yj_compare_stage_hide_cursor (YjCompareStage *self,
                              gboolean        hidden)
{
  g_return_if_fail (YJ_IS_COMPARE_STAGE (self));

  self->cursor_hidden = hidden;
  update_cursor (self);
}

/**
 * yj_compare_stage_show:
 * @self: the stage
 * @mode: how they are shown
 * @left: which is on the left of a wipe
 * @current: which is on its right, or the only one to be shown
 */
void
yj_compare_stage_show (YjCompareStage *self,
                       YjCompareMode   mode,
                       guint           left,
                       guint           current)
{
  g_return_if_fail (YJ_IS_COMPARE_STAGE (self));
  g_return_if_fail (left < self->n && current < self->n);

  self->mode = mode;
  self->left = left;
  self->current = current;
  for (guint i = 0; i < self->n; i++)
    {
      gboolean visible = mode == YJ_COMPARE_TILES || i == current || (mode == YJ_COMPARE_WIPE && i == left);
      GtkAlign midst = mode != YJ_COMPARE_WIPE ? GTK_ALIGN_CENTER : i == current ? GTK_ALIGN_END : GTK_ALIGN_START;

      gtk_widget_set_child_visible (self->tiles[i], visible);
      clip_changed_cb (self, i);
      gtk_widget_set_halign (GTK_WIDGET (self->letters[i]), mode == YJ_COMPARE_WIPE && i == current ? GTK_ALIGN_END : GTK_ALIGN_START);
      /* in the midst the border would cut it */
      gtk_widget_set_halign (self->ends[i], midst);
    }
  update_cursor (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * yj_compare_stage_divide:
 * @self: the stage
 * @border: where the border of a wipe is, part of the width
 */
void
yj_compare_stage_divide (YjCompareStage *self,
                         double          border)
{
  g_return_if_fail (YJ_IS_COMPARE_STAGE (self));

  self->border = border;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
