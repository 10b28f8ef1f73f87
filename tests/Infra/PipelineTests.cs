using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

public sealed class PipelineTests
{
    private static Template Template => PipelineStack.OnAws.Template;

    private static Resource Pipeline => Assert.Single(Template.OfType("AWS::CodePipeline::Pipeline"));

    [Fact]
    public void Stages_are_source_build_and_each_stage_with_the_approval_before_it()
    {
        Assert.Equal(
            [
                "Source: Source", "Build: Test 1, Images 2", "development: Deploy 1, Verify 2",
                "approve-production: Approve", "production: Deploy 1, Verify 2",
            ],
            Stages().Select(stage => $"{stage["Name"]}: " + string.Join(
                ", ", Actions(stage).Select(action => $"{action["Name"]} {action["RunOrder"]}".TrimEnd()))));
        Assert.Equal(("V2", "SUPERSEDED"), (Pipeline["PipelineType"], Pipeline["ExecutionMode"]));
    }

    [Fact]
    public void Stage_that_fails_its_deployment_or_its_verification_is_rolled_back_and_no_other() => Assert.Equal(
        ["development {Result: ROLLBACK}", "production {Result: ROLLBACK}"],
        Stages().Where(stage => stage["OnFailure"] is not null)
            .Select(stage => $"{stage["Name"]} {Readable.Text(stage["OnFailure"])}"));

    [Fact]
    public void Source_is_the_branch_of_the_repository_by_the_connection()
    {
        var source = Actions(Stages()[0]).Single();

        Assert.Equal(
            "{BranchName: main, ConnectionArn: " + PipelineStack.Connection +
            ", FullRepositoryId: acme/shop, OutputArtifactFormat: CODE_ZIP}",
            Sorted(source["Configuration"]!));
        Assert.Contains(
            "Allow codeconnections:UseConnection\n    on " + PipelineStack.Connection,
            Role("PipelineRole"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_from_before_the_name_is_used_by_its_own_prefix()
    {
        var old = PipelineStack.Connection.Replace("codeconnections", "codestar-connections", StringComparison.Ordinal);
        var template = PipelineStack.Of(PipelineStack.Props with { ConnectionArn = old }).Template;

        Assert.Contains(
            $"Allow codestar-connections:UseConnection\n    on {old}",
            Readable.Role(template, template.Named("PipelineRole")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_are_run_and_reported_before_an_image_is_built()
    {
        var commands = Commands("PipelineTestProject");

        Assert.Equal("cd .", commands[0]);
        Assert.StartsWith("dotnet test --logger trx", commands[1], StringComparison.Ordinal);
        Assert.Equal("VISUALSTUDIOTRX", (string?)Steps("PipelineTestProject")["reports"]!["tests"]!["file-format"]);
    }

    [Fact]
    public void Each_stage_is_synthesized_with_its_context_and_its_images_must_pass_the_scan()
    {
        var commands = Commands("PipelineImagesProject");

        Assert.Equal(
            [
                "dotnet tool restore",
                "(cd infra && npx --yes aws-cdk@2 synth --quiet --output \"$CODEBUILD_SRC_DIR/cdk.out/development\" " +
                "--context stack=acme-dev " +
                "--context \"jobs:imageRepository=$REPOSITORY\" --context \"jobs:imageTag=$COMMIT\")",
                "(cd infra && npx --yes aws-cdk@2 synth --quiet --output \"$CODEBUILD_SRC_DIR/cdk.out/production\" " +
                "--context adminEmails=ops@example.com --context stack=acme --context account=444455556666 " +
                "--context region=eu-central-1 " +
                "--context \"jobs:imageRepository=$REPOSITORY\" --context \"jobs:imageTag=$COMMIT\")",
                "dotnet jobs images --assembly cdk.out/development --fail-on CRITICAL " +
                "--allow 'CVE-2026-1=no zlib is used'",
                "dotnet jobs images --assembly cdk.out/production --fail-on CRITICAL " +
                "--allow 'CVE-2026-1=no zlib is used'",
                "tar --create --gzip --file assembly.tgz cdk.out",
            ],
            commands);
    }

    [Fact]
    public void Deployment_is_of_what_was_built_and_marks_its_images_first() => Assert.Equal(
        [
            "tar --extract --file \"$CODEBUILD_SRC_DIR_Assembly/assembly.tgz\"",
            "dotnet tool restore",
            "dotnet jobs images --assembly cdk.out/production --keep production",
            "npx --yes aws-cdk@2 deploy acme --app cdk.out/production --require-approval never --progress events",
        ],
        Commands("PipelineDeployproductionProject"));

    [Fact]
    public void Verification_is_by_the_stacks_own_role_in_its_account_and_region()
    {
        var commands = Commands("PipelineVerifyproductionProject");

        Assert.Contains("--role-arn \"$VERIFIER\"", commands[1], StringComparison.Ordinal);
        Assert.Equal(["export AWS_REGION=eu-central-1", "dotnet jobs verify --stack acme"], commands[^2..]);
        Assert.Contains(
            "Allow sts:AssumeRole\n    on arn:<AWS::Partition>:iam::444455556666:role/acme_eu-central-1_verify",
            Role("PipelineVerifyproductionRole"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Deployment_may_be_the_bootstrap_roles_of_its_stage_and_nothing_else()
    {
        const string Roles = "arn:<AWS::Partition>:iam::444455556666:role/cdk-hnb659fds";
        const string Place = "role-444455556666-eu-central-1";

        Assert.Equal(
            [$"{Roles}-deploy-{Place}", $"{Roles}-file-publishing-{Place}", $"{Roles}-lookup-{Place}"],
            Statements("PipelineDeployproductionRole")
                .Where(statement => (string?)statement["Sid"] == "Deploy")
                .SelectMany(statement => Readable.Each(statement["Resource"])));
    }

    [Fact]
    public void Only_images_are_built_with_docker_and_no_role_has_an_action_with_a_wildcard()
    {
        Assert.Equal(
            ["PipelineImagesProject"],
            Template.OfType("AWS::CodeBuild::Project")
                .Where(project => project.Properties["Environment"]!["PrivilegedMode"]!.GetValue<bool>())
                .Select(project => Readable.WithoutHash(project.Id)));
        Assert.All(
            Template.OfType("AWS::IAM::Role").Concat(PipelineStack.OnGitHub.Template.OfType("AWS::IAM::Role")),
            role => Assert.All(
                (role.Properties["Policies"]?.AsArray() ?? [])
                    .SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray())
                    .SelectMany(statement => Readable.Each(statement!["Action"])),
                action => Assert.DoesNotContain('*', action)));
    }

    [Fact]
    public void Only_the_login_to_the_registry_names_no_resource() => Assert.Equal(
        ["ecr:GetAuthorizationToken"],
        Template.OfType("AWS::IAM::Role")
            .SelectMany(role => Readable.Statements(Template, role))
            .Where(statement => Readable.Each(statement["Resource"]).Contains("*"))
            .SelectMany(statement => Readable.Each(statement["Action"])));

    [Fact]
    public void Artifacts_are_encrypted_with_a_key_that_rotates_and_closed_to_all_but_tls()
    {
        var bucket = Template.Named("PipelineArtifactsBucket");

        Assert.Equal("true", Template.Named("PipelineArtifactsKey")["EnableKeyRotation"]);
        Assert.Contains("<PipelineArtifactsKey.Arn>", bucket["BucketEncryption"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("false", bucket["PublicAccessBlockConfiguration"]!, StringComparison.Ordinal);
        Assert.Contains("ExpirationInDays: 365", bucket["LifecycleConfiguration"]!, StringComparison.Ordinal);
        Assert.Contains(
            Template.PolicyOn("AWS::S3::BucketPolicy", "PipelineArtifactsBucket"),
            statement => Readable.Text(statement["Effect"]) == "Deny"
                && Readable.Text(statement["Condition"]) == "{Bool: {aws:SecureTransport: false}}");
    }

    [Fact]
    public void Failure_of_the_pipeline_is_an_email_and_so_is_an_approval()
    {
        var rule = Template.Named("PipelineAlertsFailed");
        Assert.Equal("{pipeline: acme, state: FAILED}", Readable.Text(rule.Properties["EventPattern"]!["detail"]));
        Assert.Equal("ops@example.com", Template.OfType("AWS::SNS::Subscription").Single()["Endpoint"]);
        var approval = Actions(Stages()[3]).Single();
        Assert.Equal("<PipelineAlertsTopic>", Readable.Text(approval["Configuration"]!["NotificationArn"]));

        var silent = PipelineStack.Of(PipelineStack.Props with { AdminEmails = [] }).Template;
        Assert.Empty(silent.OfType("AWS::SNS::Topic"));
    }

    [Fact]
    public void Repository_scans_what_comes_overwrites_no_tag_and_keeps_what_stages_had()
    {
        foreach (var template in new[] { Template, PipelineStack.OnGitHub.Template })
        {
            var repository = Assert.Single(template.OfType("AWS::ECR::Repository"));
            Assert.Equal("acme-workers", repository["RepositoryName"]);
            Assert.Equal("IMMUTABLE", repository["ImageTagMutability"]);
            Assert.Equal("{ScanOnPush: true}", repository["ImageScanningConfiguration"]);
            Assert.Equal("RetainExceptOnCreate", (string?)repository.Declaration["DeletionPolicy"]);
            var rules = JsonNode.Parse(
                repository.Properties["LifecyclePolicy"]!["LifecyclePolicyText"]!.GetValue<string>())!["rules"]!;
            Assert.Equal(
                [
                    "1 development- imageCountMoreThan 30", "2 production- imageCountMoreThan 30",
                    "3 * imageCountMoreThan 30", "4  sinceImagePushed 7",
                ],
                rules.AsArray().Select(rule => $"{rule!["rulePriority"]} {Selected(rule)}"));
            Assert.Contains(
                "arn:<AWS::Partition>:iam::444455556666:root",
                repository["RepositoryPolicyText"]!,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Role_of_github_is_for_one_repository_and_its_branch_or_environment()
    {
        var roles = PipelineStack.OnGitHub.Template.OfType("AWS::IAM::Role").ToList();

        Assert.Equal(
            [
                "acme-github-development repo:acme/shop:environment:development",
                "acme-github-images repo:acme/shop:ref:refs/heads/main",
                "acme-github-look repo:acme/shop:pull_request",
                "acme-github-production repo:acme/shop:environment:production",
            ],
            roles.Select(role => $"{role["RoleName"]} {Trust(role, "sub")}").Order(StringComparer.Ordinal));
        Assert.All(roles, role => Assert.Equal("sts.amazonaws.com", Trust(role, "aud")));
    }

    [Fact]
    public void Pull_request_may_only_look()
    {
        var template = PipelineStack.OnGitHub.Template;
        var look = template.OfType("AWS::IAM::Role").Single(role => role["RoleName"] == "acme-github-look");

        Assert.All(
            Readable.Statements(template, look).SelectMany(statement => Readable.Each(statement["Resource"])),
            resource => Assert.Contains("-lookup-role-", resource, StringComparison.Ordinal));
    }

    [Fact]
    public void Provider_of_the_account_is_made_unless_it_is_given()
    {
        const string Given = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
        Assert.Single(PipelineStack.OnGitHub.Template.OfType("AWS::IAM::OIDCProvider"));

        var given = PipelineStack.Of(PipelineStack.GitHubProps with { ProviderArn = Given }).Template;

        Assert.Empty(given.OfType("AWS::IAM::OIDCProvider"));
        Assert.All(
            given.OfType("AWS::IAM::Role"),
            role => Assert.Contains(Given, role["AssumeRolePolicyDocument"]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Pipeline_of_the_page_is_synthesized_and_allows_a_finding()
    {
        var template = Synthesis.OfApp(app => _ = new OwnPipeline(app, "jobs")).Template;

        Assert.Equal(
            ["acme", "other"],
            template.OfType("AWS::CodePipeline::Pipeline").Select(pipeline => pipeline["Name"]).Order());
        Assert.Contains(
            "--allow 'CVE-2026-1234=no TLS is spoken'",
            template.Named("OtherImagesProject")["Source"]!,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Acme", "acme/shop", PipelineStack.Connection, "Name has 2 to 30 lower-case letters")]
    [InlineData("acme", "shop", PipelineStack.Connection, "Repository is owner/name on GitHub (declared: shop)")]
    [InlineData("acme", "acme/shop", "arn:aws:iam::1:role/a", "ConnectionArn is the ARN of a connection")]
    public void What_is_wrong_is_told(string name, string repository, string connection, string sentence) =>
        AssertTold(
            sentence,
            PipelineStack.Props with { Name = name, Repository = repository, ConnectionArn = connection });

    [Fact]
    public void Stages_that_cannot_be_told_apart_and_reasons_that_are_none_are_told()
    {
        var stage = PipelineStack.Props.Stages[0];
        AssertTold("Stages have names of their own", PipelineStack.Props with { Stages = [stage, stage] });
        AssertTold("A pipeline has a stage", PipelineStack.Props with { Stages = [] });
        AssertTold("An account has 12 digits", PipelineStack.Props with { Stages = [stage with { Account = "1" }] });
        AssertTold(
            "A stage's name has 1 to 20", PipelineStack.Props with { Stages = [stage with { Name = "Production" }] });
        AssertTold("KeptImages and KeptDeployedImages are 1 to 1,000", PipelineStack.Props with { KeptImages = 0 });
        AssertTold(
            "A finding is allowed for a reason",
            PipelineStack.Props with { Allowed = new Dictionary<string, string> { ["CVE-2026-1"] = " " } });
    }

    private static void AssertTold(string sentence, JobsPipelineProps props) => Assert.Contains(
        sentence,
        Assert.ThrowsAny<Exception>(() => PipelineStack.Of(props)).Message,
        StringComparison.Ordinal);

    private static List<JsonNode> Stages() => [.. Pipeline.Properties["Stages"]!.AsArray().Select(stage => stage!)];

    private static IEnumerable<JsonNode> Actions(JsonNode stage) =>
        stage["Actions"]!.AsArray().Select(action => action!);

    private static string Role(string id) => Readable.Role(Template, Template.Named(id));

    private static IEnumerable<JsonObject> Statements(string id) => Readable.Statements(Template, Template.Named(id));

    private static JsonNode Steps(string project) =>
        JsonNode.Parse(Template.Named(project).Properties["Source"]!["BuildSpec"]!.GetValue<string>())!;

    private static string[] Commands(string project) =>
        [.. Steps(project)["phases"]!["build"]!["commands"]!.AsArray().Select(command => command!.GetValue<string>())];

    private static string Sorted(JsonNode value)
    {
        var members = value.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal);
        return "{" + string.Join(", ", members.Select(one => $"{one.Key}: {one.Value}")) + "}";
    }

    private static string Selected(JsonNode rule)
    {
        var selection = rule["selection"]!;
        var prefix = Readable.Text(selection["tagPrefixList"] ?? selection["tagPatternList"]);
        return $"{prefix} {selection["countType"]} {selection["countNumber"]}";
    }

    private static string Trust(Resource role, string claim) => Readable.Text(
        role.Properties["AssumeRolePolicyDocument"]!["Statement"]![0]!["Condition"]!["StringEquals"]!
            [$"token.actions.githubusercontent.com:{claim}"]);
}
