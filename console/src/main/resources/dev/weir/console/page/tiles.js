/// Moving among tiles with the arrow keys, and the small window with what a tile stands for.
import { $, h } from './dom.js';

const shown = (tile) => tile.offsetParent !== null && !tile.classList.contains('off');

/// One tile is in the order of Tab; arrow keys move from it to the others.
export class Roving {
  #at = null;

  constructor(box) {
    this.box = box;
    box.addEventListener('keydown', (event) => this.#key(event));
    box.addEventListener('focusin', (event) => {
      if (event.target.classList.contains('tile')) {
        this.#take(event.target);
      }
    });
  }

  /// Makes sure that Tab finds a tile.
  settle() {
    if (!this.#at?.isConnected || this.#at.classList.contains('off')) {
      const first = this.box.querySelector('.tile:not(.off)');
      if (first) {
        this.#take(first);
      }
    }
  }

  #take(tile) {
    if (this.#at && this.#at !== tile) {
      this.#at.tabIndex = -1;
    }
    tile.tabIndex = 0;
    this.#at = tile;
  }

  #key(event) {
    if (!event.target.classList.contains('tile')) {
      return;
    }
    const next = this.#next(event.target, event.key);
    if (next) {
      event.preventDefault();
      this.#take(next);
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    }
  }

  #next(tile, key) {
    const tiles = [...this.box.querySelectorAll('.tile')].filter(shown);
    const at = tiles.indexOf(tile);
    switch (key) {
      case 'ArrowRight': return tiles[at + 1];
      case 'ArrowLeft': return tiles[at - 1];
      case 'Home': return tiles[0];
      case 'End': return tiles.at(-1);
      case 'ArrowDown': return nearest(tiles, tile, 1);
      case 'ArrowUp': return nearest(tiles, tile, -1);
      default: return null;
    }
  }
}

/// The tile in the next line below or above whose middle is nearest.
function nearest(tiles, from, direction) {
  const start = from.getBoundingClientRect();
  const middle = start.left + start.width / 2;
  let best = null;
  let least = Infinity;
  for (const tile of tiles) {
    const at = tile.getBoundingClientRect();
    const down = (at.top - start.top) * direction;
    if (down > start.height / 2) {
      const distance = down * 3 + Math.abs(at.left + at.width / 2 - middle);
      if (distance < least) {
        least = distance;
        best = tile;
      }
    }
  }
  return best;
}

/// What a tile stands for, beside the pointer or the focus.
export class Tip {
  #timer = 0;

  /// @param linesOf gives the lines for an id, the first one in bold; null for none
  constructor(box, linesOf) {
    this.linesOf = linesOf;
    for (const kind of ['mouseover', 'focusin']) {
      box.addEventListener(kind, (event) => this.#later(event.target.closest?.('.tile'), kind === 'focusin' ? 500 : 120));
    }
    for (const kind of ['mouseout', 'focusout', 'keydown', 'click']) {
      box.addEventListener(kind, () => this.hide());
    }
    addEventListener('scroll', () => this.hide(), { passive: true, capture: true });
  }

  hide() {
    clearTimeout(this.#timer);
    $('tip').hidden = true;
  }

  #later(tile, millis) {
    this.hide();
    if (tile && tile.matches(':hover, :focus-visible')) {
      this.#timer = setTimeout(() => this.#show(tile), millis);
    }
  }

  #show(tile) {
    const lines = this.linesOf(tile.dataset.id)?.filter(Boolean);
    if (!lines || !tile.isConnected) {
      return;
    }
    const tip = $('tip');
    tip.replaceChildren(h('b', {}, lines[0]), ...lines.slice(1).map((line) => h('span', {}, line)));
    tip.hidden = false;
    const at = tile.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    tip.style.top = `${at.bottom + size.height + 60 > innerHeight ? at.top - size.height - 6 : at.bottom + 6}px`;
  }
}
