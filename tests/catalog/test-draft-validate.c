/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-test.h"

static YjCatalog *catalog;

/* The one problem about @field, or an empty text. */
static const char *
told (GPtrArray         *problems,
      const char        *field,
      YjProblemSeverity *severity)
{
  for (guint i = 0; i < problems->len; i++)
    {
      YjProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_equal (problem->field, field))
        {
          *severity = problem->severity;
          return problem->message;
        }
    }

  return "";
}

typedef struct
{
  const char *model;
  const char *parameter;        /* or "prompt" */
  const char *value;
  int         severity;         /* -1: nothing to complain about */
} Value;

#define OK (-1)
#define ERROR YJ_PROBLEM_ERROR
#define LIMIT YJ_PROBLEM_LIMIT
#define NOTE YJ_PROBLEM_NOTE

static const Value values[] = {
  { "t2v/happyhorse-1.0-t2v", "prompt", "", ERROR },
  { "t2v/happyhorse-1.0-t2v", "prompt", " \n　", ERROR },
  { "t2v/happyhorse-1.0-t2v", "prompt", "p", OK },
  { "t2v/happyhorse-1.0-t2v", "resolution", "720p", OK },
  { "t2v/happyhorse-1.0-t2v", "resolution", "480p", NOTE },
  { "t2v/happyhorse-1.0-t2v", "resolution", "720P", ERROR },    /* the platform's spelling, exactly */
  { "t2v/happyhorse-1.0-t2v", "resolution", "4k", ERROR },
  { "t2v/happyhorse-1.0-t2v", "ratio", "9:21", ERROR },
  { "t2v/happyhorse-1.0-t2v", "size", "1280*720", ERROR },
  { "t2v/happyhorse-1.0-t2v", "duration", "3", OK },
  { "t2v/happyhorse-1.0-t2v", "duration", "2", LIMIT },
  { "t2v/happyhorse-1.0-t2v", "duration", "15", OK },
  { "t2v/happyhorse-1.0-t2v", "duration", "16", LIMIT },
  { "t2v/happyhorse-1.0-t2v", "duration", "0", ERROR },
  { "t2v/happyhorse-1.0-t2v", "duration", "-5", ERROR },
  { "t2v/happyhorse-1.0-t2v", "duration", "5.5", ERROR },
  { "t2v/happyhorse-1.0-t2v", "duration", "five", ERROR },
  { "t2v/doubao-seedance-2-0-260128", "duration", "3", LIMIT },
  { "t2v/doubao-seedance-2-0-260128", "duration", "4", OK },
  { "t2v/doubao-seedance-2-0-260128", "resolution", "1080p", OK },
  { "t2v/doubao-seedance-2-0-fast-260128", "resolution", "1080p", NOTE },
  { "t2v/doubao-seedance-1-5-pro-251215", "radio", "keep_ratio", OK },
  { "t2v/doubao-seedance-1-5-pro-251215", "radio", "5:4", ERROR },
  { "t2v/doubao-seedance-1-5-pro-251215", "duration", "12", OK },
  { "t2v/doubao-seedance-1-5-pro-251215", "duration", "13", LIMIT },
  { "t2v/wan2.6-t2v", "duration", "5", OK },
  { "t2v/wan2.6-t2v", "duration", "7", ERROR },
  { "t2v/wan2.6-t2v", "size", "1280x720", ERROR },
  { "t2v/wan2.6-t2v", "size", "1248*1632", OK },
  { "t2v/viduq3-pro", "duration", "1", OK },
  { "t2v/viduq3-pro", "duration", "16", OK },
  { "t2v/viduq3-pro", "duration", "17", ERROR },
  { "t2v/viduq3-pro", "off_peak", "Y", OK },
  { "t2v/viduq3-pro", "off_peak", "true", ERROR },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, values[i].model));
      g_autoptr(GPtrArray) problems = NULL;
      YjProblemSeverity severity = 99;
      const char *message;

      yj_draft_set_prompt (draft, "p");
      yj_draft_set_value (draft, values[i].parameter, values[i].value);
      problems = yj_draft_validate (draft);
      g_test_message ("%s %s=%s", values[i].model, values[i].parameter, values[i].value);
      message = told (problems, values[i].parameter, &severity);
      if (values[i].severity == OK)
        g_assert_cmpstr (message, ==, "");
      else
        g_assert_cmpint ((int) severity, ==, values[i].severity);
    }
}

typedef struct
{
  const char *model;
  const char *unit;             /* what the prompt is made of */
  int         n;
  int         severity;
} Length;

static const Length lengths[] = {
  { "t2v/wan2.6-t2v", "x", 800, OK },
  { "t2v/wan2.6-t2v", "x", 801, NOTE },
  { "t2v/wan2.6-t2v", "x", 1500, NOTE },
  { "t2v/wan2.6-t2v", "x", 1501, NOTE },
  { "t2v/happyhorse-1.0-t2v", "画", 2500, OK },
  { "t2v/happyhorse-1.0-t2v", "画", 2501, NOTE },           /* cut without a word: never refused */
  { "t2v/happyhorse-1.0-t2v", "x", 5000, OK },
  { "t2v/happyhorse-1.0-t2v", "x", 5001, NOTE },
  { "t2v/doubao-seedance-2-0-260128", "画", 500, OK },
  { "t2v/doubao-seedance-2-0-260128", "画", 501, NOTE },
  { "t2v/doubao-seedance-2-0-260128", "word ", 1000, OK },
  { "t2v/doubao-seedance-2-0-260128", "don't ", 1001, NOTE },
  { "t2v/viduq3-pro", "x", 2001, NOTE },
  { "t2v/viduq3-pro", "x", 5001, LIMIT },
  { "i2v/viduq2-turbo", "x", 2000, OK },
  { "i2v/viduq2-turbo", "x", 2001, LIMIT },                     /* 5000 is of the newer Q3 */
};

static void
test_lengths (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, lengths[i].model));
      g_autoptr(GString) prompt = g_string_new (NULL);
      g_autoptr(GPtrArray) problems = NULL;
      YjProblemSeverity severity = 99;
      const char *message;

      for (int j = 0; j < lengths[i].n; j++)
        g_string_append (prompt, lengths[i].unit);
      yj_draft_set_prompt (draft, prompt->str);
      problems = yj_draft_validate (draft);
      message = told (problems, "prompt", &severity);
      if (lengths[i].severity == OK)
        g_assert_cmpstr (message, ==, "");
      else
        g_assert_cmpint ((int) severity, ==, lengths[i].severity);
    }
}

/* sizes have a no-break space between number and unit */
typedef struct
{
  const char  *model;
  YjSlotRole   role;
  YjMediaKind  kind;
  gint64       size;
  int          width, height;
  double       seconds, frame_rate;
  int          severity;
  const char  *says;
} File;

#define MIB (1024 * 1024)
#define SEEDANCE "r2v/doubao-seedance-2-0-260128"
#define IMAGES YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE
#define VIDEOS YJ_SLOT_REFERENCE_VIDEOS, YJ_MEDIA_KIND_VIDEO
#define AUDIO YJ_SLOT_REFERENCE_AUDIO, YJ_MEDIA_KIND_AUDIO
#define FIRST YJ_SLOT_FIRST_FRAME, YJ_MEDIA_KIND_IMAGE

static const File files[] = {
  { SEEDANCE, IMAGES, 1000, 1000, 1000, 0, 0, OK, NULL },
  { SEEDANCE, IMAGES, 0, 0, 0, 0, 0, OK, NULL },                        /* nothing known yet */
  { SEEDANCE, IMAGES, 31 * MIB, 1000, 1000, 0, 0, LIMIT, "at most 30.0 MiB" },
  { SEEDANCE, IMAGES, 30 * MIB, 1000, 1000, 0, 0, NOTE, "at most 30.0 MB" },
  { SEEDANCE, IMAGES, 1000, 299, 400, 0, 0, LIMIT, "only 299 pixels" },
  { SEEDANCE, IMAGES, 1000, 300, 400, 0, 0, NOTE, "only 300 pixels" },
  { SEEDANCE, IMAGES, 1000, 6001, 4000, 0, 0, LIMIT, "6001 pixels" },
  { SEEDANCE, IMAGES, 1000, 300, 6001, 0, 0, LIMIT, "6001 pixels" },    /* the note about the other side hides no refusal */
  { SEEDANCE, IMAGES, 1000, 299, 6000, 0, 0, LIMIT, "only 299 pixels" },
  { SEEDANCE, IMAGES, 1000, 299, 6001, 0, 0, LIMIT, "only 299 pixels" },
  { SEEDANCE, IMAGES, 1000, 2600, 1000, 0, 0, LIMIT, "too wide" },
  { SEEDANCE, IMAGES, 1000, 1000, 2600, 0, 0, LIMIT, "too narrow" },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 5, 30, OK, NULL },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 5, 23.976, OK, NULL },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 5, 15, LIMIT, "only 15 frames" },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 5, 120, LIMIT, "120 frames" },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 1, 30, LIMIT, "only 1 second long" },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 1.9, 30, NOTE, "at least 2" },
  { SEEDANCE, VIDEOS, 1000, 1280, 720, 20, 30, LIMIT, "20 seconds" },
  { SEEDANCE, VIDEOS, 1000, 1920, 1080, 5, 30, OK, NULL },
  { SEEDANCE, VIDEOS, 1000, 2560, 1440, 5, 30, LIMIT, "Scale it down" },
  { SEEDANCE, VIDEOS, 1000, 600, 400, 5, 30, LIMIT, "only 240000 pixels" },
  { SEEDANCE, VIDEOS, 51 * MIB, 1280, 720, 5, 30, LIMIT, "51.0 MiB" },
  { SEEDANCE, AUDIO, 1000, 0, 0, 5, 0, OK, NULL },
  { SEEDANCE, AUDIO, 1000, 0, 0, 1.5, 0, LIMIT, "only 1.5 seconds" },
  { SEEDANCE, AUDIO, 16 * MIB, 0, 0, 5, 0, LIMIT, "has 16.0 MiB" },
  { "i2v/happyhorse-1.0-i2v", FIRST, 1000, 300, 700, 0, 0, OK, NULL },
  { "i2v/happyhorse-1.0-i2v", FIRST, 1000, 299, 700, 0, 0, LIMIT, "only 299 pixels" },
  { "i2v/happyhorse-1.0-i2v", FIRST, 11 * MIB, 1000, 700, 0, 0, LIMIT, "has 11.0 MiB" },
  { "i2v/wan2.6-i2v", FIRST, 1000, 2000, 2000, 0, 0, OK, NULL },
  { "i2v/wan2.6-i2v", FIRST, 1000, 2001, 2000, 0, 0, LIMIT, "2001 pixels" },
  { "i2v/viduq3-pro", FIRST, 21 * MIB, 1000, 1000, 0, 0, NOTE, "at most 20.0 MB" },
  { "i2v/viduq3-pro", FIRST, 1000, 4100, 1000, 0, 0, LIMIT, "4.1 times" },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const File *row = &files[i];
      YjModel *model = yj_catalog_find_by_id (catalog, row->model);
      g_autoptr(YjDraft) draft = yj_draft_new (model);
      g_autoptr(GPtrArray) problems = NULL;
      YjProblem *found = NULL;
      YjDraftFile *file;

      if (row->kind == YJ_MEDIA_KIND_AUDIO)
        attach (draft, YJ_SLOT_REFERENCE_IMAGES, "p.jpg", YJ_MEDIA_KIND_IMAGE);
      file = attach (draft, row->role, "a;b.jpg", row->kind);
      yj_draft_file_set_facts (file, row->size, row->width, row->height, (gint64) (row->seconds * 1e9));
      yj_draft_file_set_frame_rate (file, row->frame_rate);
      problems = yj_draft_validate (draft);
      for (guint j = 0; j < problems->len && found == NULL; j++)
        if (((YjProblem *) g_ptr_array_index (problems, j))->file == file)
          found = g_ptr_array_index (problems, j);

      g_test_message ("row %u: %s", i, found != NULL ? found->message : "nothing");
      if (row->severity == OK)
        {
          g_assert_null (found);
          continue;
        }
      if (found == NULL)
        g_error ("row %u: nothing was found", i);
      g_assert_cmpint ((int) found->severity, ==, row->severity);
      g_assert_cmpstr (found->field, ==, yj_slot_get_field (yj_model_find_slot (model, row->role)));
      g_assert_nonnull (strstr (found->message, row->says));
      g_assert_nonnull (strstr (found->message, "a;b.jpg"));
    }
}

/* What of the texts is about one slot or field, a line each. */
static char *
list_messages (YjDraft    *draft,
               const char *field)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_equal (problem->field, field))
        g_string_append_printf (text, "%d %s\n", (int) problem->severity, problem->message);
    }
  return g_string_free_and_steal (text);
}

/* A clip that is too long by itself is told of once; that all are too long together, where that is something else. */
static void
test_too_long (void)
{
  static const struct { double seconds[3]; const char *says; } rows[] = {
    { { 20 }, "1 “0” is 20 seconds long; the model takes at most 15.1. Shorten it.\n" },
    { { 15.1 }, "2 “0” is 15.1 seconds long; the model takes at most 15. Shorten it.\n" },
    { { 20, 2 }, "1 “0” is 20 seconds long; the model takes at most 15.1. Shorten it.\n"
                 "1 With “1” the files for Reference Videos are 22 seconds long together; the model takes at most 15.1. "
                 "Shorten or remove some.\n" },
    { { 9, 9 }, "1 With “1” the files for Reference Videos are 18 seconds long together; the model takes at most 15.1. "
                "Shorten or remove some.\n" },
    { { 15 }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
      g_autofree char *told_of = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (rows[i].seconds) && rows[i].seconds[j] > 0; j++)
        {
          g_autofree char *name = g_strdup_printf ("%u", j);

          yj_draft_file_set_facts (attach (draft, YJ_SLOT_REFERENCE_VIDEOS, name, YJ_MEDIA_KIND_VIDEO), 1000, 1280, 720,
                                   (gint64) (rows[i].seconds[j] * 1e9));
        }
      told_of = list_messages (draft, "video_files");
      g_assert_cmpstr (told_of, ==, rows[i].says);
    }
}

static void
test_too_large (void)
{
  static const struct { gint64 one, two; guint n; } rows[] = {
    { 51000000, 0, 1 }, { 60 * MIB, 0, 1 }, { 40000000, 11000000, 1 }, { 60 * MIB, 5000, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
      g_autofree char *told_of = NULL;
      g_auto(GStrv) lines = NULL;

      yj_draft_file_set_facts (attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "one", YJ_MEDIA_KIND_VIDEO), rows[i].one, 0, 0, 0);
      if (rows[i].two > 0)
        yj_draft_file_set_facts (attach (draft, YJ_SLOT_REFERENCE_VIDEOS, "two", YJ_MEDIA_KIND_VIDEO), rows[i].two, 0, 0, 0);
      told_of = list_messages (draft, "video_files");
      lines = g_strsplit (told_of, "\n", -1);
      g_test_message ("%s", told_of);
      g_assert_cmpuint (g_strv_length (lines), ==, rows[i].n + 1);
    }
}

/* Of two limits that a prompt breaks the one is told that leaves less of it, and one click is enough. */
static void
test_two_lengths (void)
{
  static const struct { const char *model; int han, words; const char *says; glong left; } rows[] = {
    { "t2v/happyhorse-1.0-t2v", 2600, 3000, "2600 Chinese characters; what comes after the first 2500", 2500 },
    { "t2v/happyhorse-1.0-t2v", 5100, 0, "5100 Chinese characters; what comes after the first 2500", 2500 },
    { "t2v/happyhorse-1.0-t2v", 2400, 3000, "8400 characters; what comes after the first 5000", 5000 },
    { "t2v/doubao-seedance-2-0-260128", 600, 1100, "600 Chinese characters", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, rows[i].model));
      g_autoptr(GString) prompt = g_string_new (NULL);
      g_autoptr(GPtrArray) problems = NULL, after = NULL;
      const YjProblem *problem;
      guint n = 0;

      for (int j = 0; j < rows[i].han; j++)
        g_string_append (prompt, "画");
      for (int j = 0; j < rows[i].words; j++)
        g_string_append (prompt, "x ");
      yj_draft_set_prompt (draft, prompt->str);
      problems = yj_draft_validate (draft);
      for (guint j = 0; j < problems->len; j++)
        n += g_str_equal (((YjProblem *) g_ptr_array_index (problems, j))->field, "prompt");
      g_assert_cmpuint (n, ==, 1);
      problem = g_ptr_array_index (problems, problems->len - 1);
      assert_says (problem->message, rows[i].says);
      if (rows[i].left < 0)
        continue;
      g_assert_cmpint (g_utf8_strlen (problem->remedy_value, -1), ==, rows[i].left);
      yj_draft_set_value (draft, problem->remedy_field, problem->remedy_value);
      after = yj_draft_validate (draft);
      g_assert_cmpuint (after->len, ==, 0);
    }
}

/* The other texts are counted like the prompt. */
static void
test_text_length (void)
{
  YjModel *model = yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v");
  YjParameter *negative = yj_model_find_parameter (model, "negative-prompt");
  YjPromptLength length = { 0 };

  g_assert_true (yj_model_get_text_length (model, negative, "", &length));
  g_assert_cmpuint (length.n, ==, 0);
  g_assert_true (yj_model_get_text_length (model, negative, "模糊 blur", &length));
  g_assert_cmpint (length.unit, ==, YJ_LENGTH_CHARACTERS);
  g_assert_cmpuint (length.n, ==, 7);
  g_assert_cmpuint (length.advised, ==, 500);
  g_assert_cmpuint (length.most, ==, 500);
  /* what is a number has no length */
  g_assert_false (yj_model_get_text_length (yj_catalog_find_by_id (catalog, "t2v/happyhorse-1.0-t2v"),
                                            yj_model_find_parameter (yj_catalog_find_by_id (catalog, "t2v/happyhorse-1.0-t2v"), "duration"),
                                            "5", &length));
}

static void
test_type (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  g_autoptr(GFile) place = g_file_new_for_path ("/tmp/x.avif");
  g_autoptr(YjDraftFile) file = yj_draft_file_new (place, YJ_MEDIA_KIND_IMAGE, "image/avif");
  g_autoptr(GPtrArray) problems = NULL;
  YjProblemSeverity severity = 99;

  yj_draft_set_prompt (draft, "p");
  g_assert_true (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, file));
  problems = yj_draft_validate (draft);
  g_assert_nonnull (strstr (told (problems, "image_files", &severity), "JPEG, PNG, WebP"));
  g_assert_cmpint (severity, ==, LIMIT);
}

static void
test_missing (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "i2v/viduq3-pro"));
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  YjProblemSeverity severity;

  g_assert_cmpuint (problems->len, ==, 4);
  g_assert_cmpstr (told (problems, "llmid", &severity), !=, "");
  g_assert_cmpstr (told (problems, "prompt", &severity), !=, "");
  g_assert_cmpstr (told (problems, "image_file1", &severity), ==, "Add a picture as the first frame.");
  g_assert_cmpstr (told (problems, "image_file2", &severity), ==, "Add a picture as the last frame.");
}

static void
add_many (YjDraft     *draft,
          YjSlotRole   role,
          YjMediaKind  kind,
          int          n,
          double       seconds)
{
  for (int i = 0; i < n; i++)
    yj_draft_file_set_facts (attach (draft, role, "f", kind), 0, 0, 0, (gint64) (seconds * 1e9));
}

static void
test_counts (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  g_autoptr(GPtrArray) fine = NULL, many = NULL, long_clips = NULL;
  YjProblemSeverity severity = 99;

  yj_draft_set_prompt (draft, "p");
  add_many (draft, YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE, 9, 0);
  add_many (draft, YJ_SLOT_REFERENCE_VIDEOS, YJ_MEDIA_KIND_VIDEO, 3, 5);
  fine = yj_draft_validate (draft);
  g_assert_cmpuint (fine->len, ==, 0);

  add_many (draft, YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE, 1, 0);
  many = yj_draft_validate (draft);
  g_assert_nonnull (strstr (told (many, "image_files", &severity), "at most 9"));
  g_assert_cmpint (severity, ==, LIMIT);
  g_assert_cmpuint (many->len, ==, 2);          /* and a note: more than 12 in all */

  yj_draft_file_set_facts (get (draft, YJ_SLOT_REFERENCE_VIDEOS, 0), 0, 0, 0, G_GINT64_CONSTANT (6000000000));
  long_clips = yj_draft_validate (draft);
  g_assert_nonnull (strstr (told (long_clips, "video_files", &severity), "16 seconds long together"));
}

static void
test_companions (void)
{
  g_autoptr(YjDraft) sound = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  g_autoptr(YjDraft) frames = yj_draft_new (yj_catalog_find_by_id (catalog, "i2v/doubao-seedance-1-5-pro-251215"));
  g_autoptr(GPtrArray) alone = NULL, beside = NULL, last_only = NULL, none = NULL;
  YjProblemSeverity severity = 99;

  attach (sound, YJ_SLOT_REFERENCE_AUDIO, "s.mp3", YJ_MEDIA_KIND_AUDIO);
  alone = yj_draft_validate (sound);
  g_assert_cmpstr (told (alone, "audio_files", &severity), !=, "");
  g_assert_cmpint (severity, ==, LIMIT);
  attach (sound, YJ_SLOT_REFERENCE_IMAGES, "p.jpg", YJ_MEDIA_KIND_IMAGE);
  beside = yj_draft_validate (sound);
  g_assert_cmpstr (told (beside, "audio_files", &severity), ==, "");

  none = yj_draft_validate (frames);
  g_assert_cmpstr (told (none, "image_file2", &severity), ==, "");
  attach (frames, YJ_SLOT_LAST_FRAME, "p.jpg", YJ_MEDIA_KIND_IMAGE);
  last_only = yj_draft_validate (frames);
  g_assert_cmpstr (told (last_only, "image_file2", &severity), !=, "");
}

static void
test_order (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  g_autoptr(GPtrArray) problems = NULL;

  yj_draft_set_value (draft, "duration", "99");
  problems = yj_draft_validate (draft);
  g_assert_cmpuint (problems->len, ==, 3);
  for (guint i = 1; i < problems->len; i++)
    g_assert_cmpint (((YjProblem *) g_ptr_array_index (problems, i - 1))->severity, <=,
                     ((YjProblem *) g_ptr_array_index (problems, i))->severity);
  g_assert_cmpstr (((YjProblem *) g_ptr_array_index (problems, 2))->field, ==, "duration");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/draft-validate/values", test_values);
  g_test_add_func ("/draft-validate/lengths", test_lengths);
  g_test_add_func ("/draft-validate/files", test_files);
  g_test_add_func ("/draft-validate/too-long", test_too_long);
  g_test_add_func ("/draft-validate/too-large", test_too_large);
  g_test_add_func ("/draft-validate/two-lengths", test_two_lengths);
  g_test_add_func ("/draft-validate/text-length", test_text_length);
  g_test_add_func ("/draft-validate/type", test_type);
  g_test_add_func ("/draft-validate/missing", test_missing);
  g_test_add_func ("/draft-validate/counts", test_counts);
  g_test_add_func ("/draft-validate/companions", test_companions);
  g_test_add_func ("/draft-validate/order", test_order);

  return g_test_run ();
}
