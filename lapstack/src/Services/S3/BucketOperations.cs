using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// ListBuckets, HeadBucket, GetBucketLocation and GetBucketVersioning. Buckets are made and removed by the template
/// only.
/// </summary>
internal sealed class BucketOperations(Buckets buckets, Account account) : IS3Operations
{
    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("GET", S3Level.Service, null, List),
        S3Route.For("HEAD", S3Level.Bucket, null, Head),
        S3Route.For("GET", S3Level.Bucket, "location", Location),
        S3Route.For("GET", S3Level.Bucket, "versioning", Versioning),
        S3Route.For("PUT", S3Level.Bucket, null, _ => throw S3Errors.FromStackOnly("CreateBucket")),
        S3Route.For("DELETE", S3Level.Bucket, null, _ => throw S3Errors.FromStackOnly("DeleteBucket")),
    ];

    private Operation List(S3Request request) => Read("ListBuckets", "s3:ListAllMyBuckets", "*", () => S3Xml.Answer(
        "ListAllMyBucketsResult",
        new XElement("Owner", new XElement("ID", account.Id)),
        new XElement(
            "Buckets",
            buckets.All.Select(
                b =>
                    new XElement(
                        "Bucket",
                        new XElement("Name", b.Name),
                        new XElement("CreationDate", IsoTime.Milliseconds(b.CreatedAt)))))));

    private Operation Head(S3Request request) => Read("HeadBucket", "s3:ListBucket", request.BucketArn, () =>
    {
        buckets.Get(request.Bucket);
        var response = WireResponse.Empty();
        response.Headers["x-amz-bucket-region"] = account.Region;
        return response;
    });

    // us-east-1 is the null location.
    private Operation Location(S3Request request) => Read("GetBucketLocation", "s3:GetBucketLocation",
        request.BucketArn, () =>
    {
        buckets.Get(request.Bucket);
        return S3Xml.Answer("LocationConstraint", account.Region == "us-east-1" ? null : account.Region);
    });

    private Operation Versioning(S3Request request) => Read("GetBucketVersioning", "s3:GetBucketVersioning",
        request.BucketArn, () =>
        S3Xml.Answer(
            "VersioningConfiguration",
            buckets.Get(request.Bucket).Versioned ? new XElement("Status", "Enabled") : null));

    private static Operation Read(string name, string action, string resource, Func<WireResponse> answer) =>
        new(name, [new AccessRequest(action, resource)], _ => Task.FromResult(answer()));
}
