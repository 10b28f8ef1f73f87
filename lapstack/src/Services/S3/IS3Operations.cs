namespace Lapstack.Services.S3;

/// <summary>A group of S3 operations and where they are on the wire.</summary>
internal interface IS3Operations
{
    IEnumerable<S3Route> Routes { get; }
}
