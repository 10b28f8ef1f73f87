using System.Reflection;

namespace Jobs.Tests.Packages.Surface;

/// <summary>
/// Every stand-in shows what its listing says, no more and no less. In a listing a line that starts with <c>-</c> is an
/// official member that the stand-in leaves out. Against the official packages the same test asks that nothing listed
/// is missing.
/// </summary>
public class SurfaceTests
{
    private static readonly bool Official =
        typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(it => it.Key == "AwsPackages").Value == "official";

    [Theory]
    [InlineData("AWSSDK.CloudFormation", typeof(Amazon.CloudFormation.AmazonCloudFormationClient))]
    [InlineData("AWSSDK.CloudWatchLogs", typeof(Amazon.CloudWatchLogs.AmazonCloudWatchLogsClient))]
    [InlineData("AWSSDK.ECS", typeof(Amazon.ECS.AmazonECSClient))]
    [InlineData("AWSSDK.SimpleNotificationService",
        typeof(Amazon.SimpleNotificationService.AmazonSimpleNotificationServiceClient))]
    [InlineData("Amazon.Lambda.Annotations", typeof(Amazon.Lambda.Annotations.LambdaFunctionAttribute))]
    [InlineData("Amazon.Lambda.CloudWatchEvents",
        typeof(Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent))]
    [InlineData("Amazon.Lambda.Core", typeof(Amazon.Lambda.Core.ILambdaContext))]
    [InlineData("Amazon.Lambda.RuntimeSupport", typeof(Amazon.Lambda.RuntimeSupport.LambdaBootstrap))]
    [InlineData("Amazon.Lambda.Serialization.SystemTextJson",
        typeof(Amazon.Lambda.Serialization.SystemTextJson.JsonSerializerException))]
    [InlineData("Amazon.Lambda.SQSEvents", typeof(Amazon.Lambda.SQSEvents.SQSEvent))]
    public void Package_compared_with_its_listing_has_the_same_members(string package, Type inPackage)
    {
        var actual = SurfaceReader.Read(inPackage.Assembly).ToHashSet();
        var (listed, leftOut) = Listing.Read(package);

        var missing = (Official ? listed.Concat(leftOut) : listed).Except(actual).Order();
        var unlisted = actual.Except(listed).Where(_ => !Official).Order();

        Assert.Equal(package, inPackage.Assembly.GetName().Name);
        Assert.True(
            !missing.Any() && !unlisted.Any(),
            $"Missing:\n{string.Join('\n', missing)}\nNot in the listing:\n{string.Join('\n', unlisted)}");
    }
}
