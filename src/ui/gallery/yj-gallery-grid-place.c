/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which jobs have a card in the grid, and where. */
#define G_LOG_DOMAIN "yj-gallery-grid"

#include "yj-gallery-grid-private.h"

#define BEYOND 0.5              /* of a view: how far out of sight cards are ready */
#define MOST_SPARE 60           /* cards that are kept for what comes into sight */

/* px that a card likes to be wide, and how many columns there are at least */
static const struct { int wanted; guint least; } sizes[] = { { 150, 3 }, { 230, 2 }, { 360, 1 } };

/* ---- how high things are */

static int
measure (GtkWidget *widget,
         int        width)
{
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

static YjJobCard *
new_card (YjGalleryGrid *self)
{
  YjJobCard *card = g_object_new (YJ_TYPE_JOB_CARD, NULL);

  yj_job_card_set_size (card, self->size);
  gtk_widget_set_child_visible (GTK_WIDGET (card), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (card), GTK_WIDGET (self));

  return card;
}

static int
get_height (YjGalleryGrid *self,
            YjJob         *job)
{
  gpointer kind = GINT_TO_POINTER (yj_job_card_get_kind (job));
  gpointer known;

  if (!g_hash_table_lookup_extended (self->heights, kind, NULL, &known))
    {
      if (self->sample == NULL)
        self->sample = GTK_WIDGET (new_card (self));
      yj_job_card_set_size (YJ_JOB_CARD (self->sample), self->size);
      yj_job_card_fill (YJ_JOB_CARD (self->sample), job);
      known = GINT_TO_POINTER (measure (self->sample, self->layout->card_width));
      g_hash_table_insert (self->heights, kind, known);
    }

  return GPOINTER_TO_INT (known);
}

static int
height_cb (guint    position,
           gpointer user_data)
{
  YjGalleryGrid *self = user_data;

  return get_height (self, yj_gallery_model_get_job (self->model, position));
}

static guint
section_cb (guint     section,
            gboolean *title,
            gpointer  user_data)
{
  const char *text;
  guint first = yj_gallery_model_get_section (((YjGalleryGrid *) user_data)->model, section, &text);

  *title = text != NULL;
  return first;
}

static GtkWidget *
get_head (YjGalleryGrid *self,
          guint          i)
{
  while (self->heads->len <= i)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0f,
                                       "ellipsize", PANGO_ELLIPSIZE_END, "css-classes", (const char *[]) { "yj-gallery-head", NULL }, NULL);

      gtk_widget_set_child_visible (label, FALSE);
      gtk_widget_set_parent (label, GTK_WIDGET (self));
      g_ptr_array_add (self->heads, label);
    }

  return self->heads->pdata[i];
}

void
yj_gallery_grid_make_layout (YjGalleryGrid *self,
                             int            width)
{
  if (self->model == NULL)
    return;

  if (width != self->width || g_hash_table_size (self->heights) == 0)
    {
      g_hash_table_remove_all (self->heights);
      yj_gallery_layout_set_width (self->layout, width, sizes[self->size].wanted, sizes[self->size].least);
      gtk_label_set_text (GTK_LABEL (get_head (self, 0)), "X今");
      self->head_height = measure (get_head (self, 0), -1);
    }
  self->width = width;
  self->stale = FALSE;
  self->moved = TRUE;
  yj_gallery_layout_make (self->layout, yj_gallery_model_get_n_sections (self->model), self->head_height, section_cb, height_cb, self);
}

/* ---- what stays where it is */

/* The first job in sight is what stays, but at the very top that is where new ones are seen to come. */
void
yj_gallery_grid_drop_anchor (YjGalleryGrid *self)
{
  int top = yj_gallery_grid_get_top (self);
  guint at = yj_gallery_layout_find_row (self->layout, top);

  if (top <= 0 || at >= self->layout->rows->len || self->model == NULL)
    g_clear_object (&self->anchor);
  else
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, at);

      g_set_object (&self->anchor, yj_gallery_model_get_job (self->model, row->first));
      self->anchor_y = row->y - top;
    }
}

int
yj_gallery_grid_find_top (YjGalleryGrid *self)
{
  guint position = self->anchor != NULL ? yj_gallery_grid_find_position (self, self->anchor) : GTK_INVALID_LIST_POSITION;
  guint at;

  if (self->anchor == NULL)
    return 0;
  if (position == GTK_INVALID_LIST_POSITION)
    return yj_gallery_grid_get_top (self);

  at = yj_gallery_layout_find_row_of (self->layout, position);
  return at < self->layout->rows->len ? g_array_index (self->layout->rows, YjGalleryRow, at).y - self->anchor_y : 0;
}

/* ---- which jobs have a card */

static gboolean
must_stay (GtkWidget *card)
{
  return gtk_widget_get_focus_child (card) != NULL || gtk_widget_has_focus (card) || yj_job_card_is_busy (YJ_JOB_CARD (card));
}

static void
lay_aside (YjGalleryGrid *self,
           GtkWidget     *card)
{
  gtk_widget_set_child_visible (card, FALSE);
  if (self->spare->len < MOST_SPARE)
    g_ptr_array_add (self->spare, card);
  else
    gtk_widget_unparent (card);
}

/* Where among what was ordered together a job is, from 1; 0: it was ordered alone. */
static guint
count_batch (YjGalleryGrid *self,
             guint          position,
             guint         *n)
{
  const char *batch = yj_job_get_batch (yj_gallery_model_get_job (self->model, position));
  guint first = position, last = position, all = yj_gallery_model_get_n_jobs (self->model);

  *n = 0;
  if (batch == NULL)
    return 0;
  while (first > 0 && g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, first - 1)), batch) == 0)
    first--;
  while (last + 1 < all && g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, last + 1)), batch) == 0)
    last++;
  *n = last - first + 1;

  return *n > 1 ? position - first + 1 : 0;
}

static void
bind (YjGalleryGrid *self,
      YjJobCard     *card,
      YjJob         *job,
      guint          position)
{
  guint n, which = count_batch (self, position, &n);

  yj_job_card_set_size (card, self->size);
  g_object_set (card, "job", job, NULL);
  yj_job_card_set_batch (card, which, n);
  yj_job_card_set_behind (card, yj_gallery_model_count_behind (self->model, job));
  yj_job_card_set_selected (card, yj_gallery_grid_is_selected (self, job));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) yj_gallery_model_get_n_jobs (self->model), -1);
}

/* Gives the jobs between two places their cards, and takes those of others away. */
static void
bind_rows (YjGalleryGrid *self,
           guint          from,
           guint          to)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer job, card;

  for (guint i = from; i < to; i++)
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, i);

      for (guint j = 0; j < row->n; j++)
        g_hash_table_insert (wanted, yj_gallery_model_get_job (self->model, row->first + j), GUINT_TO_POINTER (row->first + j + 1));
    }

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &job, &card))
    if (!g_hash_table_contains (wanted, job) && !(must_stay (card) && yj_gallery_grid_find_position (self, job) != GTK_INVALID_LIST_POSITION))
      {
        lay_aside (self, card);
        g_hash_table_iter_remove (&iter);
      }

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &job, &card))
    {
      guint position = GPOINTER_TO_UINT (card) - 1;
      YjJobCard *shown = g_hash_table_lookup (self->cards, job);

      if (shown != NULL && !self->moved)
        continue;
      if (shown == NULL)
        {
          shown = self->spare->len > 0 ? g_ptr_array_steal_index (self->spare, self->spare->len - 1) : new_card (self);
          g_hash_table_insert (self->cards, g_object_ref (job), shown);
        }
      bind (self, shown, job, position);
    }
  self->moved = FALSE;
}

static void
find_range (YjGalleryGrid *self,
            guint         *from,
            guint         *to)
{
  int top = yj_gallery_grid_get_top (self), beyond = (int) (self->height * BEYOND);

  *from = yj_gallery_layout_find_row (self->layout, top - beyond);
  *to = yj_gallery_layout_find_row (self->layout, top + self->height + beyond);
  *to = MIN (*to + 1, self->layout->rows->len);
}

void
yj_gallery_grid_bind_visible (YjGalleryGrid *self)
{
  guint from, to;

  if (self->model == NULL || self->stale)
    return;

  find_range (self, &from, &to);
  bind_rows (self, from, to);
}

/* ---- placing */

static void
place_heads (YjGalleryGrid *self,
             int            top)
{
  guint used = 0;

  for (guint i = 0; i < self->layout->heads->len; i++)
    {
      const YjGalleryHead *head = &g_array_index (self->layout->heads, YjGalleryHead, i);
      GtkAllocation box = { self->layout->margin, head->y - top, MAX (self->width - 2 * self->layout->margin, 1), self->head_height };
      const char *title;
      GtkWidget *label;

      if (box.y + box.height <= 0 || box.y >= self->height)
        continue;
      yj_gallery_model_get_section (self->model, head->section, &title);
      label = get_head (self, used++);
      if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), title) != 0)
        gtk_label_set_text (GTK_LABEL (label), title);
      gtk_widget_set_child_visible (label, TRUE);
      gtk_widget_size_allocate (label, &box, -1);
    }
  for (guint i = used; i < self->heads->len; i++)
    gtk_widget_set_child_visible (self->heads->pdata[i], FALSE);
}

static void
place_card (YjGalleryGrid *self,
            YjJob         *job,
            GtkWidget     *card,
            int            top)
{
  guint position = yj_gallery_grid_find_position (self, job);
  guint at = yj_gallery_layout_find_row_of (self->layout, position);
  const YjGalleryRow *row;
  GtkAllocation box;

  if (position == GTK_INVALID_LIST_POSITION || at >= self->layout->rows->len)
    {
      gtk_widget_set_child_visible (card, FALSE);
      return;
    }
  row = &g_array_index (self->layout->rows, YjGalleryRow, at);
  box.x = yj_gallery_layout_get_x (self->layout, position - row->first);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    box.x = self->width - box.x - self->layout->card_width;
  box.y = row->y - top;
  box.width = self->layout->card_width;
  box.height = MAX (row->height, measure (card, box.width));
  gtk_widget_set_child_visible (card, TRUE);
  gtk_widget_size_allocate (card, &box, -1);
}

void
yj_gallery_grid_place (YjGalleryGrid *self)
{
  int top = yj_gallery_grid_get_top (self);
  GHashTableIter iter;
  gpointer job, card;

  place_heads (self, top);
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &job, &card))
    place_card (self, job, card, top);
}

/* What was ordered together stands on one plate, as far as it is in one row. */
void
yj_gallery_grid_draw_plates (YjGalleryGrid *self,
                             GtkSnapshot   *snapshot)
{
  int top = yj_gallery_grid_get_top (self), pad = self->layout->gap / 2 - 1;
  guint from = yj_gallery_layout_find_row (self->layout, top), to = yj_gallery_layout_find_row (self->layout, top + self->height);
  GdkRGBA colour;

  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= 0.07f;
  for (guint i = from; i < self->layout->rows->len && i <= to; i++)
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, i);

      for (guint j = 0, end; j < row->n; j = end)
        {
          const char *batch = yj_job_get_batch (yj_gallery_model_get_job (self->model, row->first + j));
          guint n, which = count_batch (self, row->first + j, &n);
          GskRoundedRect plate;
          int x;

          for (end = j + 1; which > 0 && end < row->n; end++)
            if (g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, row->first + end)), batch) != 0)
              break;
          if (which == 0)
            continue;
          x = yj_gallery_layout_get_x (self->layout, j);
          n = end - j;
          gsk_rounded_rect_init_from_rect (&plate, &GRAPHENE_RECT_INIT (x - pad, row->y - top - pad, (int) n * self->layout->card_width + ((int) n - 1) * self->layout->gap + 2 * pad,
                                                                        row->height + 2 * pad), 12);
          gtk_snapshot_push_rounded_clip (snapshot, &plate);
          gtk_snapshot_append_color (snapshot, &colour, &plate.bounds);
          gtk_snapshot_pop (snapshot);
        }
    }
}
