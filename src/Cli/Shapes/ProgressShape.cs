namespace Jobs.Cli.Shapes;

/// <param name="Fraction">0 to 1; null when the job cannot say.</param>
internal sealed record ProgressShape(double? Fraction, string? Message);
