// What AwsSolutions of cdk-nag finds in synthesized templates and is not given a reason there: node nag.mjs TEMPLATE...
// It ends with 1 when there is such a finding.
import { App, Aspects, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import nag from 'cdk-nag';

const found = [];
const logger = {
  onCompliance() {},
  onNonCompliance({ ruleId, findingId, ruleInfo, resource }) {
    found.push(`${ruleId} ${findingId ? `[${findingId}] ` : ''}${resource.node.id}: ${ruleInfo}`);
  },
  onSuppressed() {},
  onError({ ruleId, resource, errorMessage }) {
    found.push(`${ruleId} ${resource.node.id}: ${errorMessage}`);
  },
  onNotApplicable() {},
};

for (const templateFile of process.argv.slice(2)) {
  const app = new App();
  const stack = new Stack(app, 'stack', { synthesizer: new BootstraplessSynthesizer() });
  new CfnInclude(stack, 'template', { templateFile });
  Aspects.of(app).add(new nag.AwsSolutionsChecks({ reports: false, additionalLoggers: [logger] }));
  app.synth();
}

for (const finding of found.sort()) console.log(finding);
console.log(`${found.length} findings`);
process.exitCode = found.length > 0 ? 1 : 0;
