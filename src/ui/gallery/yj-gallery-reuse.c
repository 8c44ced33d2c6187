/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video of the gallery, or a frame of it, as material for the next one. */
#define G_LOG_DOMAIN "yj-gallery-reuse"

#include "yj-gallery-reuse.h"

#include <glib/gi18n.h>

#include "yj-frame-grab.h"
#include "yj-lineage.h"
#include "yj-probe.h"
#include "yj-save.h"
#include "yj-window.h"

typedef struct
{
  GtkWidget  *widget;
  YjJob      *job;
  GFile      *file;             /* what goes into the draft */
  YjSlotRole  role;
  YjLinkKind  link;
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_object (&errand->widget);
  g_clear_object (&errand->job);
  g_clear_object (&errand->file);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Errand *
errand_new (GtkWidget  *widget,
            YjJob      *job,
            YjSlotRole  role,
            YjLinkKind  link)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->widget = g_object_ref (widget);
  errand->job = g_object_ref (job);
  errand->role = role;
  errand->link = link;

  return errand;
}

/* NULL when the widget has meanwhile left the window. */
static YjWindow *
get_window (Errand *errand)
{
  GtkRoot *root = gtk_widget_get_root (errand->widget);

  return YJ_IS_WINDOW (root) ? YJ_WINDOW (root) : NULL;
}

static void
tell_error (Errand       *errand,
            const GError *error)
{
  if (get_window (errand) != NULL)
    yj_window_show_error (get_window (errand), error);
}

static YjMode
get_mode (YjSlotRole role)
{
  return role == YJ_SLOT_FIRST_FRAME || role == YJ_SLOT_LAST_FRAME ? YJ_MODE_IMAGE_TO_VIDEO : YJ_MODE_REFERENCES_TO_VIDEO;
}

/* The first model with such a slot; one whose llmid is known before others. */
static YjModel *
find_model (YjCatalog  *catalog,
            YjSlotRole  role)
{
  YjModel *best = yj_catalog_get_default (catalog, get_mode (role));

  if (best != NULL && yj_model_find_slot (best, role) != NULL)
    return best;
  best = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      if (yj_model_get_mode (model) == get_mode (role) && yj_model_find_slot (model, role) != NULL &&
          (best == NULL || (yj_model_get_llmid (best) == NULL && yj_model_get_llmid (model) != NULL)))
        best = model;           /* the catalogue holds it */
    }
  return best;
}

/* The draft on show in Create, if the file goes into it without pushing another one out. What a video begins with begins
   a draft of its own. */
static YjDraft *
find_open_draft (YjSession  *session,
                 YjSlotRole  role)
{
  YjDraft *draft = yj_open_draft_get_draft (yj_draft_list_get_selected (yj_session_get_drafts (session)));
  YjModel *model = yj_draft_get_model (draft);
  YjSlot *slot = yj_model_find_slot (model, role);
  guint n = g_list_model_get_n_items (yj_draft_get_files (draft, role));

  if (role == YJ_SLOT_FIRST_FRAME || slot == NULL || yj_model_get_mode (model) != get_mode (role))
    return NULL;
  return role == YJ_SLOT_LAST_FRAME && n > 0 ? NULL : draft;
}

static YjDraftFile *
new_file (Errand      *errand,
          YjMediaInfo *info)
{
  gboolean clip = errand->role == YJ_SLOT_REFERENCE_VIDEOS;
  YjDraftFile *file = yj_draft_file_new (errand->file, clip ? YJ_MEDIA_KIND_VIDEO : YJ_MEDIA_KIND_IMAGE, info->content_type);
  g_autofree char *ending = g_strconcat (".", info->extension, NULL);
  g_autofree char *name = yj_save_dup_name (errand->job, ending);
  g_autofree char *origin = yj_lineage_dup_origin (errand->link, errand->job);

  yj_draft_file_set_facts (file, info->size, info->width, info->height, info->duration);
  if (info->frame_rate > 0)
    yj_draft_file_set_frame_rate (file, info->frame_rate);
  yj_draft_file_set_codecs (file, info->video_codec, info->audio_codec);
  yj_draft_file_set_alpha (file, info->has_alpha);
  yj_draft_file_set_name (file, name);
  yj_draft_file_set_origin (file, origin);

  return file;
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, &error);
  YjWindow *window = get_window (errand);
  g_autoptr(YjDraftFile) file = NULL;
  g_autoptr(YjDraft) draft = NULL;
  YjSession *session;
  YjDraft *open;

  if (info == NULL)
    {
      tell_error (errand, error);
      return;
    }
  if (window == NULL)
    return;

  session = yj_window_get_session (window);
  file = new_file (errand, info);
  open = find_open_draft (session, errand->role);
  if (open != NULL && yj_draft_add_file (open, errand->role, file))
    {
      yj_window_show_place (window, "create");
      yj_window_add_toast (window, adw_toast_new (_("Added to the open draft")));
      return;
    }
  if (find_model (yj_session_get_catalog (session), errand->role) == NULL)
    {
      yj_window_add_toast (window, adw_toast_new (_("No model takes this")));
      return;
    }

  draft = yj_draft_new (find_model (yj_session_get_catalog (session), errand->role));
  if (get_mode (errand->role) == YJ_MODE_IMAGE_TO_VIDEO && yj_job_get_prompt (errand->job) != NULL)
    yj_draft_set_prompt (draft, yj_job_get_prompt (errand->job));
  yj_draft_add_file (draft, errand->role, file);
  yj_window_show_draft (window, draft);
}

static void
grabbed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  g_autoptr(GError) error = NULL;
  GFile *file = errand->file;

  if (yj_frame_grab_finish (result, &error))
    yj_probe_async (file, NULL, probed_cb, g_steal_pointer (&errand));
  else
    tell_error (errand, error);
}

/**
 * yj_gallery_reuse_frame:
 * @widget: a widget in the window
 * @job: a finished job
 * @position: a place in its video, in ns, or `YJ_FRAME_LAST`
 * @role: first frame, last frame or reference pictures
 *
 * Takes that frame and puts it into a draft: as the first frame into a new one with the prompt of @job; otherwise into
 * the one on show, if that has room for it, else into a new one, too.
 */
void
yj_gallery_reuse_frame (GtkWidget  *widget,
                        YjJob      *job,
                        gint64      position,
                        YjSlotRole  role)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "yuanjing", "frames", NULL);
  g_autofree char *name = NULL;
  Errand *errand;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  g_mkdir_with_parents (folder, 0700);
  if (position == YJ_FRAME_LAST)
    name = g_strdup_printf ("%s-last.png", yj_job_get_uuid (job));
  else
    name = g_strdup_printf ("%s-%" G_GINT64_FORMAT ".png", yj_job_get_uuid (job), position / 1000000);
  errand = errand_new (widget, job, role,
                       position == YJ_FRAME_LAST && role == YJ_SLOT_FIRST_FRAME ? YJ_LINK_EXTEND : YJ_LINK_FRAME);
  errand->file = g_file_new_build_filename (folder, name, NULL);
  yj_frame_grab_async (yj_job_get_file (job), position, errand->file, NULL, grabbed_cb, errand);
}

/**
 * yj_gallery_reuse_clip:
 * @widget: a widget in the window
 * @job: a finished job
 *
 * Puts its video among the references of the draft on show, or of a new one.
 */
void
yj_gallery_reuse_clip (GtkWidget *widget,
                       YjJob     *job)
{
  Errand *errand;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  errand = errand_new (widget, job, YJ_SLOT_REFERENCE_VIDEOS, YJ_LINK_CLIP);
  errand->file = g_object_ref (yj_job_get_file (job));
  yj_probe_async (errand->file, NULL, probed_cb, errand);
}
