using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>What the template configures of a bucket, as S3 tells it. It changes with the template only.</summary>
internal sealed class BucketConfiguration(Buckets buckets, Account account) : IS3Operations
{
    public IEnumerable<S3Route> Routes =>
    [
        Route("encryption", "GetBucketEncryption", "s3:GetEncryptionConfiguration", Encryption),
        Route(
            "lifecycle",
            "GetBucketLifecycleConfiguration",
            "s3:GetLifecycleConfiguration",
            bucket => Xml("LifecycleConfiguration", Lifecycle.Rules(bucket))),
        Route("notification", "GetBucketNotificationConfiguration", "s3:GetBucketNotification", bucket =>
            Xml("NotificationConfiguration", bucket.EventBridge ? new XElement("EventBridgeConfiguration") : null)),
        Route("policy", "GetBucketPolicy", "s3:GetBucketPolicy", Policy),
        Route("publicAccessBlock", "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", PublicAccessBlock),
        Route("ownershipControls", "GetBucketOwnershipControls", "s3:GetBucketOwnershipControls", Ownership),
        Route("cors", "GetBucketCors", "s3:GetBucketCORS", Cors),
        Route("tagging", "GetBucketTagging", "s3:GetBucketTagging", Tagging),
        Route("acl", "GetBucketAcl", "s3:GetBucketAcl", _ => OwnersAcl()),
        S3Route.For("GET", S3Level.Object, "acl", ObjectAcl),
        S3Route.For(
            "PUT",
            S3Level.Bucket,
            "acl",
            request => Refuse("PutBucketAcl", new AccessRequest("s3:PutBucketAcl", request.BucketArn))),
        S3Route.For(
            "PUT",
            S3Level.Object,
            "acl",
            request => Refuse("PutObjectAcl", request.ObjectAccess("s3:PutObjectAcl", "s3:PutObjectVersionAcl"))),
    ];

    private S3Route Route(
        string subresource, string name, string action, Func<Bucket, WireResponse> answer) => S3Route.For(
        "GET",
        S3Level.Bucket,
        subresource,
        request =>
            new(
                name,
                [new AccessRequest(action, request.BucketArn)],
                _ => Task.FromResult(answer(buckets.Get(request.Bucket)))));

    private static WireResponse Encryption(Bucket bucket)
    {
        var rule = bucket.Settings.Declared["BucketEncryption"]?["ServerSideEncryptionConfiguration"]?[0];
        var asked = rule?["ServerSideEncryptionByDefault"];
        return Xml("ServerSideEncryptionConfiguration", new XElement(
            "Rule",
            new XElement(
                "ApplyServerSideEncryptionByDefault",
                new XElement("SSEAlgorithm", asked?["SSEAlgorithm"]?.ToString() ?? "AES256"),
                asked?["KMSMasterKeyID"] is { } key ? new XElement("KMSMasterKeyID", key.ToString()) : null),
            new XElement("BucketKeyEnabled", rule?["BucketKeyEnabled"]?.ToString() ?? "false")));
    }

    private static WireResponse Policy(Bucket bucket) => bucket.Settings.Policy is { } policy
        ? WireResponse.Bytes(Encoding.UTF8.GetBytes(policy), "application/json")
        : throw new ServiceError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);

    /// <summary>On where nothing is said, as for every new bucket.</summary>
    private static WireResponse PublicAccessBlock(Bucket bucket)
    {
        var declared = bucket.Settings.Declared["PublicAccessBlockConfiguration"];
        return Xml("PublicAccessBlockConfiguration",
            ((string[])["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"])
            .Select(name => new XElement(name, declared is null ? "true" : declared[name]?.ToString() ?? "false")));
    }

    private static WireResponse Ownership(Bucket bucket) => Xml("OwnershipControls", new XElement(
        "Rule",
        new XElement(
            "ObjectOwnership",
            bucket.Settings.Declared["OwnershipControls"]?["Rules"]?[0]?["ObjectOwnership"]?.ToString()
                ?? "BucketOwnerEnforced")));

    private static WireResponse Cors(Bucket bucket)
    {
        var rules = CorsRule.Of(bucket);
        if (rules.Count == 0)
        {
            throw new ServiceError("NoSuchCORSConfiguration", "The CORS configuration does not exist", 404);
        }

        return Xml("CORSConfiguration", rules.Select(rule => rule.Render()));
    }

    private static WireResponse Tagging(Bucket bucket)
    {
        var tags = (bucket.Settings.Declared["Tags"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(tag => KeyValuePair.Create(tag["Key"]?.ToString() ?? "", tag["Value"]?.ToString() ?? "")).ToList();
        return tags.Count > 0
            ? Xml("Tagging", ObjectTags.Render(tags))
            : throw new ServiceError("NoSuchTagSet", "The TagSet does not exist", 404);
    }

    private Operation ObjectAcl(S3Request request) => new("GetObjectAcl",
        [request.ObjectAccess("s3:GetObjectAcl", "s3:GetObjectVersionAcl")], _ =>
    {
        var bucket = buckets.Get(request.Bucket);
        var found = request.VersionId is { } id ? bucket.Find(request.Key, id) : bucket.Newest(request.Key);
        return Task.FromResult(
            found is { IsDeleteMarker: false } ? OwnersAcl() : throw S3Errors.NoSuchKey(request.Key));
    });

    /// <summary>Who owns the bucket may do everything; there is no other list.</summary>
    private WireResponse OwnersAcl()
    {
        XNamespace instance = "http://www.w3.org/2001/XMLSchema-instance";
        var answer = new XElement(
            XNamespace.Get(S3Xml.Namespace) + "AccessControlPolicy",
            new XElement("Owner", new XElement("ID", account.Id)),
            new XElement("AccessControlList", new XElement(
                "Grant",
                new XElement(
                    "Grantee",
                    new XAttribute(XNamespace.Xmlns + "xsi", instance),
                    new XAttribute(instance + "type", "CanonicalUser"),
                    new XElement("ID", account.Id)),
                new XElement("Permission", "FULL_CONTROL"))));
        foreach (var element in answer.Descendants())
        {
            element.Name = XNamespace.Get(S3Xml.Namespace) + element.Name.LocalName;
        }

        return WireResponse.Xml(answer);
    }

    private static Operation Refuse(string name, AccessRequest access) =>
        new(name, [access], _ => throw Acl.NotSupported());

    private static WireResponse Xml(string root, params object?[] content) => S3Xml.Answer(root, content);
}
