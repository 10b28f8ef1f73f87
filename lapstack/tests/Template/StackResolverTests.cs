using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Tests.Template;

public sealed class StackResolverTests
{
    private static readonly Account Account = new("000000000000", "us-east-1");

    [Theory]
    [InlineData("""{"Ref":"Key"}""", "\"KEY-ID\"")]
    [InlineData("""{"Fn::GetAtt":["Key","Arn"]}""", "\"arn:aws:kms:us-east-1:000000000000:key/KEY-ID\"")]
    [InlineData("""{"Fn::GetAtt":"Key.KeyId"}""", "\"KEY-ID\"")]
    [InlineData("""{"Fn::Sub":"${Key}/${Key.Arn}/${!Literal}/${AWS::Region}"}""",
        "\"KEY-ID/arn:aws:kms:us-east-1:000000000000:key/KEY-ID/${Literal}/us-east-1\"")]
    [InlineData("""{"Fn::Sub":["${a}-${AWS::AccountId}",{"a":{"Ref":"Text"}}]}""", "\"dev-000000000000\"")]
    [InlineData("""{"Fn::Join":[":",["a",{"Ref":"AWS::Partition"},{"Ref":"Number"}]]}""", "\"a:aws:7\"")]
    [InlineData("""{"Fn::Select":["1",{"Fn::Split":[",","a,b,c"]}]}""", "\"b\"")]
    [InlineData("""{"Fn::Select":[0,{"Fn::GetAZs":""}]}""", "\"us-east-1a\"")]
    [InlineData("""{"Fn::If":["IsDev",{"small":1},{"large":2}]}""", """{"small":1}""")]
    [InlineData("""{"Fn::If":["IsBoth","yes","no"]}""", "\"no\"")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"Text"},"Memory"]}""", "512")]
    [InlineData("""{"Fn::Base64":"hi"}""", "\"aGk=\"")]
    [InlineData("""{"Fn::Cidr":["10.0.0.0/16",2,8]}""", """["10.0.0.0/24","10.0.1.0/24"]""")]
    [InlineData("""["a",{"Ref":"AWS::NoValue"},"b"]""", """["a","b"]""")]
    [InlineData("""{"Condition":{"Bool":{"aws:SecureTransport":"false"}}}""",
        """{"Condition":{"Bool":{"aws:SecureTransport":"false"}}}""")]
    public void Function_in_a_property_is_resolved(string written, string expected)
    {
        var key = PhysicalKey();

        var stack = Resolve($$$"""
            {"Probe":{"Type":"AWS::CDK::Metadata","Properties":{"Value":{{{written}}}}},"Key":{"Type":"AWS::KMS::Key"}}
            """);

        var value = stack.OfType("AWS::CDK::Metadata").Single().Properties["Value"];
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected.Replace("KEY-ID", key, StringComparison.Ordinal)), value),
            $"{written} became {value?.ToJsonString()}");
    }

    [Fact]
    public void Resources_come_after_what_they_refer_to_or_depend_on()
    {
        var stack = Resolve("""
            {"A":{"Type":"AWS::CDK::Metadata","Properties":{"Value":{"Fn::Sub":"${B.Arn}"}}},
             "B":{"Type":"AWS::KMS::Key","DependsOn":"C"},
             "C":{"Type":"AWS::EC2::VPC"}}
            """);

        Assert.Equal(["C", "B", "A"], stack.Resources.Select(r => r.LogicalId));
    }

    [Fact]
    public void Circle_of_references_is_an_error_that_shows_it()
    {
        var error = Assert.Throws<TemplateException>(() => Resolve("""
            {"A":{"Type":"AWS::KMS::Key","DependsOn":["B"]},"B":{"Type":"AWS::KMS::Key","DependsOn":["A"]}}
            """));

        Assert.Contains("A → B → A", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resource_whose_condition_is_false_is_not_there()
    {
        var stack = Resolve(
            """{"A":{"Type":"AWS::KMS::Key","Condition":"IsBoth"},"B":{"Type":"AWS::KMS::Key","Condition":"IsDev"}}""");

        Assert.Equal(["B"], stack.Resources.Select(r => r.LogicalId));
    }

    [Fact]
    public void Unknown_type_that_no_resource_needs_is_left_out_with_the_outputs_of_it()
    {
        var stack = Resolve(
            """
            {"Farm":{"Type":"AWS::Neptune::DBCluster","Properties":{"KmsKeyId":{"Ref":"Key"},"Peer":{"Ref":"Barn"}}},
             "Barn":{"Type":"AWS::Neptune::DBInstance"},
             "Key":{"Type":"AWS::KMS::Key","DependsOn":"Farm"}}
            """,
            """{"Farm":{"Value":{"Fn::Sub":"at ${Farm.Endpoint}"}},"Text":{"Value":{"Ref":"Text"}}}""");

        Assert.Equal(["Key"], stack.Resources.Select(r => r.LogicalId));
        Assert.Equal(
            [new("Farm", "AWS::Neptune::DBCluster"), new("Barn", "AWS::Neptune::DBInstance")], stack.LeftOut);
        Assert.Equal(["Text"], stack.Outputs.Keys);
    }

    [Fact]
    public void Unknown_type_that_a_resource_needs_is_an_error_with_both_and_the_supported_ones()
    {
        var error = Assert.Throws<TemplateException>(() => Resolve("""
            {"Farm":{"Type":"AWS::Neptune::DBCluster"},
             "Task":{"Type":"AWS::CDK::Metadata","Properties":{"Deep":[{"Fn::GetAtt":["Farm","Endpoint"]}]}}}
            """));

        Assert.Contains(
            "Farm (AWS::Neptune::DBCluster), to which Task (AWS::CDK::Metadata) refers",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("AWS::IAM::Role", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Fn::ImportValue":"other"}""", "Fn::ImportValue needs another deployed stack")]
    [InlineData("""{"Fn::GetAtt":["Key","Color"]}""", "'Key' has no attribute 'Color'")]
    [InlineData("""{"Ref":"Absent"}""", "Ref to 'Absent'")]
    [InlineData("""{"Fn::Transform":{"Name":"x"}}""", "Fn::Transform is not supported locally")]
    public void Function_that_cannot_be_resolved_is_an_error_with_its_place(string written, string message)
    {
        var error = Assert.Throws<TemplateException>(() => Resolve($$$"""
            {"Probe":{"Type":"AWS::CDK::Metadata","Properties":{"Deep":[{"Value":{{{written}}}}]}},"Key":{"Type":"AWS::KMS::Key"}}
            """));

        Assert.StartsWith("Probe.Deep[0].Value", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Physical_names_are_the_same_every_time_and_fit_their_limit()
    {
        Assert.Equal(PhysicalName.For("jobs", "Queue", 80), PhysicalName.For("jobs", "Queue", 80));
        Assert.NotEqual(PhysicalName.For("jobs", "Queue", 80), PhysicalName.For("jobs", "Queue2", 80));
        Assert.Matches("^jobs-Queue-[0-9A-F]{12}$", PhysicalName.For("jobs", "Queue", 80));
        Assert.Equal(40, PhysicalName.For("jobs", new string('x', 100), 40).Length);
    }

    private static string PhysicalKey() => Resolve("""{"Key":{"Type":"AWS::KMS::Key"}}""").Resources.Single().Ref;

    private static Stack Resolve(string resources, string outputs = "{}") => new StackResolver(Account, []).Resolve(
        "test", JsonNode.Parse($$$"""
        {
          "Parameters":{"Text":{"Type":"String","Default":"dev"},"Number":{"Type":"Number","Default":7},
            "BootstrapVersion":{"Type":"AWS::SSM::Parameter::Value<String>","Default":"/cdk-bootstrap/hnb659fds/version"}},
          "Mappings":{"Sizes":{"dev":{"Memory":512} } },
          "Conditions":{
            "IsDev":{"Fn::Equals":[{"Ref":"Text"},"dev"]},
            "IsBoth":{"Fn::And":[{"Condition":"IsDev"},{"Fn::Not":[{"Fn::Or":[{"Condition":"IsDev"},{"Fn::Equals":["a","b"]}]}]}]}},
          "Resources":{{{resources}}},
          "Outputs":{{{outputs}}}
        }
        """)!.AsObject());
}
