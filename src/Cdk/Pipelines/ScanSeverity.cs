namespace Jobs;

/// <summary>How grave a finding in an image is.
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html</summary>
public enum ScanSeverity
{
    /// <summary>Critical ones only.</summary>
    Critical,

    /// <summary>High ones, and those above.</summary>
    High,

    /// <summary>Medium ones, and those above.</summary>
    Medium,
}
