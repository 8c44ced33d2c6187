/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-screen FRAMES SECONDS: watches the X display for the numbers that bench-clip draws, whoever shows them.
 *
 * Prints a line of JSON when the first one is on the screen, and another one SECONDS later: how many different ones of the
 * first FRAMES were seen. Times are monotonic, seconds. The screen is looked at some 400 times a second: as a whole until
 * the strip is found, then only one row of it.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>

#define CELLS 16
#define PAUSE 2500000           /* ns between two looks */
#define FIRST_WAIT 60           /* s */

typedef struct
{
  Display         *display;
  Window           root;
  XShmSegmentInfo  memory;
  XImage          *screen;
  XImage          *row;
  int              y;           /* of the strip; -1: not found */
  int              left, right; /* its outer edges */
} Eye;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static bool
open_eye (Eye *eye)
{
  int number, width, height;

  eye->display = XOpenDisplay (NULL);
  if (eye->display == NULL)
    return false;
  number = DefaultScreen (eye->display);
  width = DisplayWidth (eye->display, number);
  height = DisplayHeight (eye->display, number);
  eye->root = RootWindow (eye->display, number);
  eye->screen = XShmCreateImage (eye->display, DefaultVisual (eye->display, number), 24, ZPixmap, NULL, &eye->memory, (unsigned) width, (unsigned) height);
  eye->row = XShmCreateImage (eye->display, DefaultVisual (eye->display, number), 24, ZPixmap, NULL, &eye->memory, (unsigned) width, 1);
  eye->memory.shmid = shmget (IPC_PRIVATE, (size_t) eye->screen->bytes_per_line * (size_t) height, IPC_CREAT | 0600);
  eye->memory.shmaddr = eye->screen->data = eye->row->data = shmat (eye->memory.shmid, NULL, 0);
  eye->memory.readOnly = False;
  eye->y = -1;
  if (!XShmAttach (eye->display, &eye->memory))
    return false;
  XSync (eye->display, False);
  shmctl (eye->memory.shmid, IPC_RMID, NULL);   /* goes with the last of us */
  return true;
}

static bool
is_magenta (uint32_t pixel)
{
  return (pixel >> 16 & 255) > 150 && (pixel >> 8 & 255) < 100 && (pixel & 255) > 150;
}

/* The number that stands in a row of pixels between two edges, or -1. */
static int
read_number (const uint32_t *pixels,
             int             left,
             int             right)
{
  int bits = 0, number = 0;

  for (int cell = 0; cell < CELLS; cell++)
    {
      uint32_t pixel = pixels[left + (2 * cell + 1) * (right - left) / (2 * CELLS)];
      int red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255;

      if (cell == 0 || cell == CELLS - 1)
        {
          if (!is_magenta (pixel))
            return -1;
          continue;
        }
      if (abs (red - green) > 60 || abs (green - blue) > 60 || (green > 90 && green < 165))
        return -1;
      bits |= (green > 128) << (cell - 1);
    }
  for (int code = bits & 1023; code != 0; code >>= 1)
    number ^= code;

  return number * 7 % 13 == bits >> 10 ? number : -1;
}

/* The edges of a strip in a row of pixels: two magenta cells of one size, as far apart as sixteen of them reach. */
static bool
find_edges (const uint32_t *pixels,
            int             width,
            int            *left,
            int            *right)
{
  for (int x = 0; x < width; x++)
    {
      int end, last;

      if (!is_magenta (pixels[x]))
        continue;
      for (end = x; end < width && is_magenta (pixels[end]); end++)
        ;
      last = x + (end - x) * CELLS;
      if (end - x >= 10 && last - 24 < width)
        for (int edge = last + 24 < width ? last + 24 : width; edge > last - 24 && edge > end; edge--)
          if (is_magenta (pixels[edge - 1]))
            {
              *left = x;
              *right = edge;
              return true;
            }
      x = end;
    }

  return false;
}

static int
search (Eye *eye)
{
  int step = eye->screen->bytes_per_line / 4;
  const uint32_t *pixels = (const uint32_t *) (void *) eye->screen->data;
  int first = -1, left = 0, right = 0, number = -1;

  XShmGetImage (eye->display, eye->root, eye->screen, 0, 0, AllPlanes);
  for (int y = 0; y < eye->screen->height; y += 4)
    {
      int l, r, n;

      if (!find_edges (pixels + y * step, eye->screen->width, &l, &r) || (n = read_number (pixels + y * step, l, r)) < 0)
        {
          if (first >= 0)
            break;
          continue;
        }
      if (first < 0)
        first = y;
      left = l;
      right = r;
      number = n;
      eye->y = (first + y) / 2;         /* the middle of the strip, once all its rows are passed */
    }
  if (first < 0)
    return -1;

  eye->left = left;
  eye->right = right;
  return number;
}

/* The number on the screen, or -1. */
static int
look (Eye *eye)
{
  int number = -1;

  if (eye->y >= 0)
    {
      XShmGetImage (eye->display, eye->root, eye->row, 0, eye->y, AllPlanes);
      number = read_number ((const uint32_t *) (void *) eye->row->data, eye->left, eye->right);
    }
  /* the window was moved, or the picture got another size; not for a frame that is half drawn */
  if (number < 0)
    number = search (eye);

  return number;
}

int
main (int   argc,
      char *argv[])
{
  static bool seen[1024];
  Eye eye = { 0 };
  int frames, count = 0, looks = 0;
  double seconds, begun = now (), first = 0, last_look, blind = 0, still = 0, last_new = 0;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc != 3 || !open_eye (&eye))
    return 1;
  frames = atoi (argv[1]);
  seconds = atof (argv[2]);
  printf ("{\"event\": \"looking\"}\n");

  for (last_look = now (); first > 0 ? now () < first + seconds : now () < begun + FIRST_WAIT;)
    {
      int number = look (&eye);
      double time = now ();

      if (first == 0 && number >= 0)
        {
          printf ("{\"event\": \"first\", \"at\": %.6f, \"number\": %d}\n", time, number);
          first = last_new = last_look = time;
        }
      if (first > 0)
        {
          looks++;
          blind = time - last_look > blind ? time - last_look : blind;
        }
      last_look = time;
      if (number >= 0 && number < frames && !seen[number])
        {
          seen[number] = true;
          count++;
          still = time - last_new > still ? time - last_new : still;
          last_new = time;
        }
      nanosleep (&(struct timespec) { 0, PAUSE }, NULL);
    }
  if (first == 0)
    return 1;
  printf ("{\"event\": \"done\", \"at\": %.6f, \"seen\": %d, \"still\": %.1f, \"width\": %d, \"blind\": %.1f, \"looks\": %d}\n", now (), count, still * 1e3,
          eye.right - eye.left, blind * 1e3, looks);

  return 0;
}
