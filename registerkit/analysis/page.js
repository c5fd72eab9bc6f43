"use strict";
(() => {
  const known = JSON.parse(document.getElementById("known").textContent);

  // ----------------------------------------------------------------------------------------------------- sorting
  const compare = (one, other) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    const numbers = [Number(one), Number(other)];
    return numbers.some(Number.isNaN) ? one.localeCompare(other, document.documentElement.lang) : numbers[0] - numbers[1];
  };

  const sort = (table, column, descending) => {
    const body = table.tBodies[0];
    const raw = (row) => row.cells[column].dataset.raw;
    const rows = [...body.rows].sort((one, other) => {
      const order = compare(raw(one), raw(other));
      return descending && raw(one) !== "" && raw(other) !== "" ? -order : order;
    });
    body.append(...rows);
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    table.tHead.rows[0].cells[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.getElementById("sort").content.firstElementChild.cloneNode(false);
      button.textContent = head.textContent;
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        sort(table, column, before ? before === "ascending" : head.classList.contains("right"));
      });
      head.replaceChildren(button);
    });
  }

  // --------------------------------------------------------------------------------------------------- looking into
  const counts = document.getElementById("counts");
  if (!counts) return;
  const filters = [document.getElementById("f1"), document.getElementById("f2")];
  const status = document.querySelector("[role=status]");

  const look = () => {
    const chosen = filters.map((filter) => (filter.value === "" ? null : Number(filter.value)));
    const rows = [...counts.tBodies[0].rows];
    const sums = rows.map(() => 0);
    for (const [step, first, second, n] of known.counts) {
      if ((chosen[0] === null || chosen[0] === first) && (chosen[1] === null || chosen[1] === second)) sums[step] += n;
    }
    const most = Math.max(1, ...sums);
    rows.forEach((row, step) => {
      row.cells[1].textContent = sums[step];
      row.querySelector("rect").setAttribute("width", (100 * sums[step]) / most);
    });
    const total = sums.reduce((sum, n) => sum + n, 0);
    status.textContent = total === 0 ? known.none : total === 1 ? known.one : known.many.replace("{n}", total);
  };

  document.querySelector(".filters").hidden = false;
  for (const filter of filters) filter.addEventListener("change", look);
  look();
})();
