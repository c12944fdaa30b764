namespace Colead.Analysis.Reliability;

/// <summary>
/// Omega: the share of a sum score's variance that comes from the one thing its items have in common,
/// (Σl)²/((Σl)² + Σθ) of a maximum-likelihood one-factor model of the covariances. Complete rows only.
/// </summary>
/// <remarks>McDonald 1999, Test Theory: A Unified Treatment, ch. 6.</remarks>
/// <param name="Value">As fitted, also in a Heywood case; absent for fewer than three items or
/// <see cref="FewestRows"/> rows, constant or collinear items, and where the fit did not converge.</param>
/// <param name="Fit">The model, on covariances divided by n; null where none was fitted.</param>
/// <param name="CompleteRows">People with an answer to every item used.</param>
public sealed record McDonaldOmega(Figure Value, OneFactorFit? Fit, long CompleteRows)
{
    /// <summary>Fewest complete rows with which a model is fitted at all.</summary>
    public const int FewestRows = 10;

    /// <summary>Fewest complete rows with which omega is shown.</summary>
    public const int ShownFrom = 100;

    public const int FewestItems = 3;

    /// <summary>What may be shown: absent under <see cref="ShownFrom"/> rows and in a Heywood case, where alpha stands alone.</summary>
    public Figure Display =>
        !Value.IsDefined ? Value
        : Fit!.IsHeywood ? Figure.Absent(Absence.ImproperSolution)
        : CompleteRows < ShownFrom ? Figure.Absent(Absence.TooFewAnswers)
        : Value;

    public static McDonaldOmega Of(Covariance covariance)
    {
        var n = covariance.CompleteRows;
        McDonaldOmega None(Absence why, OneFactorFit? fit = null) => new(Figure.Absent(why), fit, n);
        if (n < FewestRows) return None(n == 0 ? Absence.NoAnswers : Absence.TooFewAnswers);
        if (covariance.Items < FewestItems) return None(Absence.TooFewItems);

        var divided = (double[,])covariance.Matrix.Clone();
        for (var i = 0; i < covariance.Items; i++)
        {
            if (Numerics.IsZeroVariance(divided[i, i])) return None(Absence.EveryoneAnsweredAlike);
            for (var j = 0; j < covariance.Items; j++) divided[i, j] *= (n - 1.0) / n;
        }

        var fit = OneFactorModel.Fit(divided);
        if (fit is null) return None(Absence.Collinear);
        if (!fit.Converged) return None(Absence.NotConverged, fit);
        var common = fit.Loadings.Sum() * fit.Loadings.Sum();
        var total = common + fit.Uniquenesses.Sum();
        return Numerics.IsZeroVariance(total) ? None(Absence.ImproperSolution, fit) : new(Figure.Of(common / total), fit, n);
    }
}
