namespace Colead.Analysis.Disclosure;

/// <summary>
/// Linear programming for the small problems of the interval guard: maximise c·x where low ≤ x ≤ high and
/// rowLow ≤ A·x ≤ rowHigh. Dense dictionary, bounded variables, sum of infeasibilities first; Bland's rule once steps
/// stop paying, so that it ends.
/// </summary>
internal sealed class BoundedSimplex
{
    private const double Tolerance = 1e-9;
    private readonly int rows, columns;
    private readonly double[] low, high, value;
    private readonly int[] basic, nonbasic;
    private readonly double[][] dictionary;

    /// <param name="matrix">A row a constraint.</param>
    /// <param name="start">A point near which to begin: each variable starts at its nearer bound.</param>
    public BoundedSimplex(double[][] matrix, double[] low, double[] high, double[] rowLow, double[] rowHigh, double[] start)
    {
        rows = matrix.Length;
        columns = low.Length;
        this.low = [.. low, .. rowLow];
        this.high = [.. high, .. rowHigh];
        value = new double[columns + rows];
        nonbasic = [.. Enumerable.Range(0, columns)];
        basic = [.. Enumerable.Range(columns, rows)];
        dictionary = [.. matrix.Select(r => (double[])r.Clone())];
        for (var j = 0; j < columns; j++) value[j] = start[j] - low[j] > high[j] - start[j] ? high[j] : low[j];
        Refresh();
    }

    public int Iterations { get; private set; }

    /// <summary>The last solution.</summary>
    public ReadOnlySpan<double> Solution => value.AsSpan(0, columns);

    /// <summary>Rows that hold the last optimum in place.</summary>
    public List<int> BindingRows { get; } = [];

    /// <summary>False where no solution was reached within the limit of steps, or none exists. Stops early once the objective is
    /// enough.</summary>
    public bool Maximise(double[] objective, double enough = double.PositiveInfinity)
    {
        var limit = Iterations + 50 * (rows + columns) + 1000;
        var bland = Iterations + 20 * (rows + columns) + 200;
        var costs = new double[rows];
        for (; ; )
        {
            var infeasible = false;
            for (var i = 0; i < rows; i++)
            {
                var v = value[basic[i]];
                costs[i] = v < low[basic[i]] - Tolerance ? 1 : v > high[basic[i]] + Tolerance ? -1 : 0;
                infeasible |= costs[i] != 0;
            }

            if (!infeasible && Reached(objective) >= enough) return true;
            if (!infeasible)
                for (var i = 0; i < rows; i++) costs[i] = basic[i] < columns ? objective[basic[i]] : 0;
            var entering = -1;
            double best = Tolerance, direction = 0;
            BindingRows.Clear();
            for (var j = 0; j < columns; j++)
            {
                var x = nonbasic[j];
                var rate = !infeasible && x < columns ? objective[x] : 0;
                for (var i = 0; i < rows; i++)
                    if (costs[i] != 0) rate += costs[i] * dictionary[i][j];
                if (Math.Abs(rate) > Tolerance && x >= columns) BindingRows.Add(x - columns);
                var up = rate > Tolerance && value[x] < high[x] - Tolerance;
                var down = rate < -Tolerance && value[x] > low[x] + Tolerance;
                if (!up && !down) continue;
                var gain = Iterations >= bland ? (entering < 0 || x < nonbasic[entering] ? double.MaxValue : 0) : Math.Abs(rate);
                if (gain <= best && Iterations < bland || gain == 0) continue;
                best = Math.Min(gain, 1e300);
                entering = j;
                direction = up ? 1 : -1;
            }

            if (entering < 0) return !infeasible;
            if (++Iterations > limit) return false;
            Step(entering, direction);
        }
    }

    private double Reached(double[] objective)
    {
        double sum = 0;
        for (var j = 0; j < columns; j++) sum += objective[j] * value[j];
        return sum;
    }

    private void Step(int entering, double direction)
    {
        var x = nonbasic[entering];
        var step = high[x] - low[x];
        var leaving = -1;
        double leavingTo = 0, pivot = 0;
        for (var i = 0; i < rows; i++)
        {
            var rate = direction * dictionary[i][entering];
            if (Math.Abs(rate) < Tolerance) continue;
            var b = basic[i];
            var v = value[b];
            double to;
            if (rate > 0)
            {
                if (v > high[b] + Tolerance) continue;
                to = v < low[b] - Tolerance ? low[b] : high[b];
            }
            else
            {
                if (v < low[b] - Tolerance) continue;
                to = v > high[b] + Tolerance ? high[b] : low[b];
            }

            var reach = Math.Max(0, (to - v) / rate);
            if (reach < step - 1e-12 || (reach <= step && leaving >= 0 && Math.Abs(rate) > pivot))
            {
                step = reach;
                leaving = i;
                leavingTo = to;
                pivot = Math.Abs(rate);
            }
        }

        value[x] += direction * step;
        for (var i = 0; i < rows; i++) value[basic[i]] += direction * step * dictionary[i][entering];
        if (leaving < 0)
        {
            value[x] = direction > 0 ? high[x] : low[x];
            return;
        }

        value[basic[leaving]] = leavingTo;
        Pivot(leaving, entering);
        if (Iterations % 50 == 0) Refresh();
    }

    private void Pivot(int leaving, int entering)
    {
        var row = dictionary[leaving];
        var scale = 1 / row[entering];
        for (var j = 0; j < columns; j++) row[j] = j == entering ? scale : -row[j] * scale;
        for (var i = 0; i < rows; i++)
        {
            if (i == leaving) continue;
            var factor = dictionary[i][entering];
            if (factor == 0) continue;
            var other = dictionary[i];
            other[entering] = 0;
            for (var j = 0; j < columns; j++) other[j] += factor * row[j];
        }

        (basic[leaving], nonbasic[entering]) = (nonbasic[entering], basic[leaving]);
    }

    /// <summary>Basic values from the nonbasic ones.</summary>
    private void Refresh()
    {
        for (var i = 0; i < rows; i++)
        {
            double sum = 0;
            for (var j = 0; j < columns; j++) sum += dictionary[i][j] * value[nonbasic[j]];
            value[basic[i]] = sum;
        }
    }
}
