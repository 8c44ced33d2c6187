/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one's own jobs teach: time, usage; what a cheap try is, and what a refusal is about. */
#include "yj-blame.h"
#include "yj-cheap.h"
#include "yj-experience.h"
#include "yj-recipe.h"
#include "yj-test-queue.h"

/* ---- figures */

static void
test_pick (void)
{
  gint64 one[] = { 7 }, two[] = { 9, 5 }, three[] = { 30, 10, 20 }, ten[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };

  g_assert_cmpint (yj_experience_pick (one, 1, 1, 2), ==, 7);
  g_assert_cmpint (yj_experience_pick (one, 1, 9, 10), ==, 7);
  g_assert_cmpint (yj_experience_pick (two, 2, 1, 2), ==, 7);
  g_assert_cmpint (yj_experience_pick (three, 3, 1, 2), ==, 20);
  g_assert_cmpint (yj_experience_pick (three, 3, 9, 10), ==, 30);
  g_assert_cmpint (yj_experience_pick (ten, 10, 1, 2), ==, 5);
  g_assert_cmpint (yj_experience_pick (ten, 10, 9, 10), ==, 9);
}

/* A job of the past: how long it took, in s, and what the platform said of its use. */
static void
add_past (YjTestQueue *q,
          YjDraft     *draft,
          int          seconds,
          const char  *usage)
{
  g_autoptr(YjJobRow) row = yj_job_row_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *json = yj_draft_to_json (draft);

  row->uuid = g_uuid_string_random ();
  row->state = g_strdup ("ready");
  row->mode = g_strdup ("t2v");
  row->model_id = g_strdup (yj_model_get_id (yj_draft_get_model (draft)));
  row->prompt = g_strdup ("");
  row->recipe = yj_recipe_to_stored (json, yj_library_get_folder (q->library));
  row->usage = g_strdup (usage);
  row->waited = seconds * (gint64) G_USEC_PER_SEC;
  row->created = row->submitted = row->finished = 1000;
  yj_library_save_job_async (q->library, row, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_cmpint (yj_library_save_job_finish (q->library, result, NULL), >, 0);
}

static void
test_wait (YjTestFixture *f,
           gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "one");
  g_autoptr(YjDraft) longer = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "two");
  g_autoptr(YjDraft) same = NULL;
  YjUsualWait wait;

  g_assert_cmpuint (yj_experience_get_wait_for (f->q.queue, draft).n, ==, 0);
  yj_draft_set_value (longer, "duration", "10");
  for (int i = 1; i <= 5; i++)
    add_past (&f->q, draft, i * 10, NULL);
  add_past (&f->q, draft, 0, NULL);             /* not seen as a whole: teaches nothing */
  add_past (&f->q, longer, 1000, NULL);
  yj_test_restart (f);

  /* of another text, and with what is the default anyway */
  same = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "other words");
  yj_draft_set_value (same, "duration", yj_draft_get_value (same, "duration"));
  wait = yj_experience_get_wait_for (f->q.queue, same);
  g_assert_cmpuint (wait.n, ==, 5);
  g_assert_cmpint (wait.median, ==, 30 * G_USEC_PER_SEC);
  g_assert_cmpint (wait.ninth, ==, 50 * G_USEC_PER_SEC);
  yj_draft_set_value (same, "duration", "10");
  wait = yj_experience_get_wait_for (f->q.queue, same);
  g_assert_cmpuint (wait.n, ==, 1);
  g_assert_cmpint (wait.median, ==, 1000 * G_USEC_PER_SEC);
}

/* A job that was watched teaches by itself. */
static void
test_measured (YjTestFixture *f,
               gconstpointer  data)
{
  YjJob *job = yj_test_queue_add_plain (&f->q, "x");

  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpint (yj_job_get_waited (job), >, 0);
  g_assert_cmpint (yj_job_get_waited (job), <, 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (yj_experience_get_wait (f->q.queue, job).n, ==, 1);

  /* one that ended while nobody looked does not */
  f->server->polls_to_end = G_MAXUINT;
  job = yj_test_queue_add_plain (&f->q, "y");
  yj_test_wait_for (job, YJ_JOB_RUNNING);
  yj_test_queue_close (&f->q);
  f->server->polls_to_end = 0;
  yj_test_queue_open (&f->q, f->server->base_url);
  job = yj_test_first_job (f);
  yj_test_wait_for (job, YJ_JOB_READY);
  g_assert_cmpint (yj_job_get_waited (job), ==, 0);
}

static void
test_usage (YjTestFixture *f,
            gconstpointer  data)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "one");
  g_autoptr(GPtrArray) none = NULL, figures = NULL;
  const YjUsualUsage *figure;
  guint n;

  none = yj_experience_list_usage (f->q.queue, draft, &n);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (n, ==, 0);
  add_past (&f->q, draft, 0, "{\"credits\": 10, \"total_tokens\": \"5\", \"unit_price\": 2, \"cost_per_second\": 2, \"duration\": 5, \"model\": \"m\"}");
  add_past (&f->q, draft, 0, "{\"credits\": 14, \"unit_price\": 2, \"cost_per_second\": 2, \"duration\": 5, \"resolution\": \"720p\"}");
  add_past (&f->q, draft, 0, "{\"credits\": 12.5, \"unit_price\": 2, \"cost_per_second\": 2, \"total_tokens\": 7}");
  yj_test_restart (f);
  g_clear_object (&draft);
  draft = yj_test_new_draft (f->q.catalog, "t2v/happyhorse-1.0-t2v", "two");
  figures = yj_experience_list_usage (f->q.queue, draft, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (figures->len, ==, 1);       /* what every reply told, and is a price */
  figure = g_ptr_array_index (figures, 0);
  g_assert_cmpstr (figure->name, ==, "credits");
  g_assert_cmpfloat (figure->least, ==, 10);
  g_assert_cmpfloat (figure->most, ==, 14);
}

/* ---- cheap */

/* Every model: not dearer, not refused, and the way back leads to what it was a try of. */
static void
test_cheap (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  guint n_cheaper = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      g_autoptr(YjDraft) draft = yj_draft_new (model), cheap = NULL, cheaper = NULL, full = NULL;
      g_autofree char *before = NULL, *after = NULL, *json = NULL, *recipe = NULL;
      YjParameter *duration = yj_model_find_parameter (model, "duration");
      gint64 minimum, maximum;

      yj_draft_set_prompt (draft, "P \"full\":{");
      if (duration != NULL && yj_parameter_get_allowed (duration) == NULL && yj_model_get_advised_range (model, duration, &minimum, &maximum))
        {
          g_autofree char *longest = g_strdup_printf ("%d", (int) maximum);

          yj_draft_set_value (draft, "duration", longest);
        }
      before = yj_draft_to_json (draft);
      cheap = yj_cheap_new_draft (draft);
      after = yj_draft_to_json (draft);
      g_assert_cmpstr (before, ==, after);
      if (cheap == NULL)
        continue;

      n_cheaper++;
      cheaper = yj_cheap_new_draft (cheap);
      g_assert_null (cheaper);
      g_assert_cmpstr (yj_draft_get_prompt (cheap), ==, yj_draft_get_prompt (draft));
      json = yj_draft_to_json (cheap);
      g_assert_false (yj_recipe_is_cheap (json));
      recipe = yj_recipe_with_full (json, draft);
      g_assert_true (yj_recipe_is_cheap (recipe));
      yj_recipe_apply_full (recipe, cheap);
      for (guint j = 0; j < 3; j++)
        {
          const char *name = (const char *[]) { "resolution", "size", "duration" }[j];

          g_assert_cmpstr (yj_draft_get_value (cheap, name), ==, yj_draft_get_value (draft, name));
        }
    }
  g_test_message ("%u models have something cheaper", n_cheaper);
  g_assert_cmpuint (n_cheaper, >=, 10);
}

static char *
dup_cheap (const char *model_id,
           const char *field,
           const char *value)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjDraft) draft = yj_test_new_draft (catalog, model_id, "p"), cheap = NULL;

  yj_draft_set_value (draft, field, value);
  cheap = yj_cheap_new_draft (draft);
  return g_strdup (yj_draft_get_value (cheap != NULL ? cheap : draft, field));
}

/* The try of a wide film is wide. */
static void
test_cheap_shape (void)
{
  static const char * const sizes[][2] = {
    { "1920*1080", "832*480" }, { "1280*720", "832*480" }, { "832*480", "832*480" },
    { "1080*1920", "480*832" }, { "720*1280", "480*832" }, { "480*832", "480*832" },
    { "1440*1440", "624*624" }, { "960*960", "624*624" }, { "624*624", "624*624" },
    { "1632*1248", "1088*832" }, { "1088*832", "1088*832" }, { "1248*1632", "832*1088" }, { "832*1088", "832*1088" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *size = dup_cheap ("t2v/wan2.6-t2v", "size", sizes[i][0]);

      g_assert_cmpstr (size, ==, sizes[i][1]);
    }
}

/* A size of a shape in which the model makes none is one of those that it makes. */
static void
test_cheap_other_shape (void)
{
  g_autofree char *size = dup_cheap ("t2v/wan2.6-t2v", "size", "2560*1080");

  g_assert_cmpstr (size, ==, "624*624");
}

/* The platform takes 480p for HappyHorse; its makers document 720p and 1080p. */
static void
test_cheap_documented (void)
{
  static const struct { const char *model, *from, *to; } rows[] = {
    { "t2v/happyhorse-1.0-t2v", "1080p", "720p" }, { "t2v/happyhorse-1.0-t2v", "720p", "720p" },
    { "r2v/happyhorse-1.0-r2v", "1080p", "720p" }, { "i2v/happyhorse-1.0-i2v", "1080P", "720P" },
    { "t2v/viduq3-pro", "1080p", "540p" }, { "t2v/doubao-seedance-2-0-fast-260128", "1080p", "480p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = dup_cheap (rows[i].model, "resolution", rows[i].from);

      g_assert_cmpstr (value, ==, rows[i].to);
    }
}

/* The shortest of a person's own model, of which nothing is said even in a note. */
static void
test_cheap_length (void)
{
  static const char own[] =
    "{\"version\": 1, \"models\": [{\"id\": \"own\", \"mode\": \"t2v\", \"name\": \"own\", \"llmid\": \"own\", \"parameters\": "
    "[{\"name\": \"seconds\", \"meaning\": \"duration\", \"type\": \"integer\", \"default\": 9}], \"limits\": {\"duration\": "
    "{\"loosest\": {\"minimum\": 2, \"maximum\": 15}, \"strictest\": {\"minimum\": 4}, \"source\": \"who\"}}}]}";
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjDraft) draft = NULL, cheap = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (yj_catalog_overlay (catalog, own, -1, &error));
  g_assert_no_error (error);
  draft = yj_test_new_draft (catalog, "own", "p");
  cheap = yj_cheap_new_draft (draft);
  g_assert_nonnull (cheap);
  g_assert_cmpstr (yj_draft_get_value (cheap, "seconds"), ==, "4");
}

/* ---- blame */

typedef struct
{
  const char *message;
  const char *name;             /* of the file, NULL: none */
} Case;

static void
test_blame (void)
{
  static const Case cases[] = {
    { "The request failed because the input content[1] may contain real person", "one.jpg" },
    { "content[3].video_url: unsupported codec", "clip.mp4" },
    { "content[4] is too long", "sound.mp3" },
    { "content[0] is empty", NULL },
    { "content[9]", NULL },
    { "image_files[1]: too large", "two.jpg" },
    { "images[0] blocked", "one.jpg" },
    { "[Image 2] contains a face", "two.jpg" },
    { "image 1 is not accepted", "one.jpg" },
    { "Image2 rejected", "two.jpg" },
    { "the 3 images", NULL },
    { "图片2 涉嫌包含真人", "two.jpg" },
    { "第1张图片不合规", "one.jpg" },
    { "视频1时长超过限制", "clip.mp4" },
    { "the reference video is too long", "clip.mp4" },
    { "输入视频分辨率过低", "clip.mp4" },
    { "audio 1: wrong format", "sound.mp3" },
    { "音频时长不符合要求", "sound.mp3" },
    { "cannot read two.jpg", "two.jpg" },
    { "图片不合规", NULL },            /* there are two */
    { "Insufficient balance", NULL },
    { "internal error 500", NULL },
    { "the video could not be made", NULL },
    { "", NULL },
    { "\xff\xfe", NULL },
  };
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/doubao-seedance-2-0-260128"));
  static const struct { const char *name; YjSlotRole role; YjMediaKind kind; } files[] = {
    { "one.jpg", YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE }, { "two.jpg", YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE },
    { "clip.mp4", YJ_SLOT_REFERENCE_VIDEOS, YJ_MEDIA_KIND_VIDEO }, { "sound.mp3", YJ_SLOT_REFERENCE_AUDIO, YJ_MEDIA_KIND_AUDIO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GFile) file = g_file_new_build_filename ("/nowhere", files[i].name, NULL);
      g_autoptr(YjDraftFile) attached = yj_draft_file_new (file, files[i].kind, NULL);

      g_assert_true (yj_draft_add_file (draft, files[i].role, attached));
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YjDraftFile *file = yj_blame_find_file (draft, cases[i].message);
      g_autofree char *name = file != NULL ? g_file_get_basename (yj_draft_file_get_file (file)) : NULL;

      if (g_utf8_validate (cases[i].message, -1, NULL))
        g_test_message ("%s", cases[i].message);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_assert_null (yj_blame_find_file (draft, NULL));
}

/* First and last frame, by their names and by their fields. */
static void
test_blame_frames (void)
{
  static const Case cases[] = {
    { "the first frame is too small", "first.jpg" }, { "last_frame: bad ratio", "last.jpg" }, { "首帧包含人脸", "first.jpg" },
    { "尾帧比例不符", "last.jpg" }, { "content[2] may contain real person", "last.jpg" }, { "图片2违规", "last.jpg" },
  };
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "i2v/viduq2-turbo"));
  g_autoptr(GFile) first = g_file_new_for_path ("/nowhere/first.jpg"), last = g_file_new_for_path ("/nowhere/last.jpg");
  g_autoptr(YjDraftFile) one = yj_draft_file_new (first, YJ_MEDIA_KIND_IMAGE, NULL);
  g_autoptr(YjDraftFile) two = yj_draft_file_new (last, YJ_MEDIA_KIND_IMAGE, NULL);
  g_autofree char *field = NULL;

  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, one));
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_LAST_FRAME, two));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YjDraftFile *file = yj_blame_find_file (draft, cases[i].message);
      g_autofree char *name = file != NULL ? g_file_get_basename (yj_draft_file_get_file (file)) : NULL;

      g_test_message ("%s", cases[i].message);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
  field = g_strdup_printf ("parameter %s: cannot be read", yj_slot_get_field (yj_model_find_slot (yj_draft_get_model (draft), YJ_SLOT_LAST_FRAME)));
  g_assert_true (yj_blame_find_file (draft, field) == two);
}

#define ADD(name, func) g_test_add ("/experience/" name, YjTestFixture, NULL, yj_test_set_up, func, yj_test_tear_down)

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experience/pick", test_pick);
  ADD ("wait", test_wait);
  ADD ("measured", test_measured);
  ADD ("usage", test_usage);
  g_test_add_func ("/experience/cheap", test_cheap);
  g_test_add_func ("/experience/cheap-shape", test_cheap_shape);
  g_test_add_func ("/experience/cheap-other-shape", test_cheap_other_shape);
  g_test_add_func ("/experience/cheap-documented", test_cheap_documented);
  g_test_add_func ("/experience/cheap-length", test_cheap_length);
  g_test_add_func ("/experience/blame", test_blame);
  g_test_add_func ("/experience/blame-frames", test_blame_frames);

  return g_test_run ();
}
