process.stdout.write('neutron-lab\n');
