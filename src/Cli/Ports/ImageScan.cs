namespace Jobs.Cli.Ports;

/// <summary>What ECR says of an image.</summary>
/// <param name="Status">
/// COMPLETE, or ACTIVE where Amazon Inspector goes on scanning; PENDING or IN_PROGRESS; or why there is no scan.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
/// </param>
/// <param name="Description">More about the status; null for none.</param>
internal sealed record ImageScan(string Status, string? Description, IReadOnlyList<ImageFinding> Findings);
